package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the shards are spread anew, and finds out which of them may move: waits until the
 * members have been the same for a while, then asks the primaries for the shards never written.
 *
 * <p>A reason is every change of who is eligible (with which weight) or leaving, and a planned move
 * that failed. Members out of reach are not asked, so nothing is moved away from them.
 */
final class Rebalance {

  private final long settleNanos;
  private final long repeatNanos;
  private final Set<Integer> written = new HashSet<>();
  private Crew planned = Crew.NOBODY;
  private Crew seen = Crew.NOBODY;
  private long seenNanos;
  private @Nullable SurveyRound survey;

  Rebalance(PlacementSettings settings) {
    settleNanos = settings.settle().toNanos();
    repeatNanos = settings.repeat().toNanos();
  }

  /** Nothing is left to be moved among these members. */
  void planned(Collection<MemberView> members) {
    planned = Crew.of(members);
    survey = null;
  }

  /** Moves are under way: looks again when they have settled, for not all could be asked for. */
  void again(long nowNanos) {
    seenNanos = nowNanos;
    survey = null;
  }

  /**
   * Goes on with the survey if there is a reason for one.
   *
   * @param primaries the nodes that have shards now
   * @return whether everything is known that a plan needs
   */
  boolean tick(
      Collection<MemberView> members,
      Set<NodeId> primaries,
      long nowNanos,
      Consumer<NodeId> askSurvey) {
    Crew crew = Crew.of(members);
    if (crew.equals(planned)) {
      seen = crew;
      survey = null;
      return false;
    }
    if (!crew.equals(seen)) {
      seen = crew;
      seenNanos = nowNanos;
      survey = null;
    }
    if (nowNanos - seenNanos < settleNanos) {
      return false;
    }
    if (survey == null) {
      survey = new SurveyRound(primaries);
    }
    return survey.tick(reachable(members), nowNanos, askSurvey);
  }

  /** A member's answer; one that nobody waits for is as good as any, if a survey is under way. */
  void surveyed(NodeId from, Survey answer) {
    if (survey != null) {
      survey.answered(from, answer);
    }
  }

  /** A planned move failed: another shard may go in its place, and one with data never again. */
  void returned(CannotTake refusal) {
    planned = Crew.NOBODY;
    if (refusal.length() > 0) {
      written.add(refusal.shard());
    }
  }

  /** The members that should be left with nothing, as of the last tick. */
  Set<NodeId> leaving() {
    return seen.leaving();
  }

  /** The shards whose primary called its seat of now unwritten. */
  Set<Integer> unwritten(PlacementTable table) {
    Map<NodeId, Survey> answers = survey == null ? Map.of() : survey.answers;
    Set<Integer> unwritten = new TreeSet<>();
    for (PlacementEntry entry : table.entries()) {
      Survey answer = entry.primary() == null ? null : answers.get(entry.primary());
      if (answer != null
          && answer.unwrittenSeats().contains(entry.seat())
          && !written.contains(entry.shard())) {
        unwritten.add(entry.shard());
      }
    }
    return unwritten;
  }

  private static Set<NodeId> reachable(Collection<MemberView> members) {
    return members.stream()
        .filter(member -> member.standing() != Standing.UNREACHABLE)
        .map(MemberView::id)
        .collect(Collectors.toSet());
  }

  /** One question to all primaries. */
  private final class SurveyRound {

    private final Set<NodeId> waitingFor;
    private final Map<NodeId, Survey> answers = new HashMap<>();
    private boolean isAsked;
    private long askedNanos;

    SurveyRound(Set<NodeId> primaries) {
      waitingFor = new TreeSet<>(primaries);
    }

    void answered(NodeId from, Survey answer) {
      answers.put(from, answer);
      waitingFor.remove(from);
    }

    boolean tick(Set<NodeId> reachable, long nowNanos, Consumer<NodeId> askSurvey) {
      waitingFor.retainAll(reachable);
      if (!waitingFor.isEmpty() && (!isAsked || nowNanos - askedNanos >= repeatNanos)) {
        isAsked = true;
        askedNanos = nowNanos;
        waitingFor.forEach(askSurvey);
      }
      return waitingFor.isEmpty();
    }
  }

  /** Who is to hold data and with which weight, and who is to hand over its data. Immutable. */
  private record Crew(Map<NodeId, Integer> eligible, Set<NodeId> leaving) {

    static final Crew NOBODY = new Crew(Map.of(), Set.of());

    static Crew of(Collection<MemberView> members) {
      Map<NodeId, Integer> eligible =
          members.stream()
              .filter(MemberView::isEligible)
              .collect(Collectors.toUnmodifiableMap(MemberView::id, MemberView::weight));
      Set<NodeId> leaving =
          members.stream()
              .filter(member -> member.standing() == Standing.LEAVING)
              .map(MemberView::id)
              .collect(Collectors.toUnmodifiableSet());
      return new Crew(eligible, leaving);
    }
  }
}
