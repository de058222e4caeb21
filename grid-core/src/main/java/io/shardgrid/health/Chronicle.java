package io.shardgrid.health;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a cluster takes to be whole again and to take a new member up, from what one
 * node sees about once a second. Confined to whoever feeds it; bounded.
 */
public final class Chronicle {

  /** Spans that are remembered; the oldest are forgotten. */
  public static final int SPANS_MAX = 32;

  /** The placement has come to rest when it has not changed for so long. */
  private static final Duration REST = Duration.ofSeconds(5);

  /** A member for which nothing has moved for so long gets nothing. */
  private static final Duration PLAN_MAX = Duration.ofMinutes(1);

  /** What a span of time was about. */
  public enum Kind {
    /** From when copies were missing until all were there again. */
    RECOVERY,
    /** From when a member was there until the placement had come to rest. */
    JOIN
  }

  /** Something that took its time. Immutable. */
  public record Span(Kind kind, String text, Instant began, Duration duration) {}

  /**
   * What was measured. Immutable.
   *
   * @param since when the measuring began
   * @param spans the last ones, the latest last
   * @param missingSince since when copies are missing; null if none are
   * @param joined members that have come
   * @param left members that have gone in order
   * @param expelled members that the cluster has taken out: crashed, cut off or stuck
   */
  public record Summary(
      Instant since,
      List<Span> spans,
      @Nullable Instant missingSince,
      int joined,
      int left,
      int expelled) {

    public Summary {
      spans = List.copyOf(spans);
    }
  }

  private final Instant since;
  private final Deque<Span> spans = new ArrayDeque<>();
  private final Map<NodeId, Instant> joining = new HashMap<>();
  private Map<NodeId, MemberView> members = Map.of();
  private boolean wasWhole;
  private @Nullable Instant missingSince;
  private long epoch = -1;
  private Instant changedAt;
  private int joined;
  private int left;
  private int expelled;

  /** Measures from now on. */
  public Chronicle(Instant now) {
    since = now;
    changedAt = now;
  }

  /**
   * Takes up what the node sees now.
   *
   * @param placementEpoch the highest epoch of a shard's placement
   */
  public void note(
      Instant now, HealthFacts.Shards shards, List<MemberView> seen, long placementEpoch) {
    if (placementEpoch != epoch) {
      epoch = placementEpoch;
      changedAt = now;
    }
    noteMembers(now, seen);
    noteCopies(now, shards);
    noteRest(now, shards);
  }

  private void noteMembers(Instant now, List<MemberView> seen) {
    Map<NodeId, MemberView> next = new HashMap<>();
    seen.forEach(member -> next.put(member.id(), member));
    if (wasWhole) {
      Set<NodeId> came = new HashSet<>(next.keySet());
      came.removeAll(members.keySet());
      came.forEach(node -> joining.put(node, now));
      joined += came.size();
    }
    members.forEach(
        (node, view) -> {
          if (!next.containsKey(node)) {
            joining.remove(node);
            if (view.standing() == Standing.LEAVING) {
              left++;
            } else {
              expelled++;
            }
          }
        });
    members = next;
  }

  private void noteCopies(Instant now, HealthFacts.Shards shards) {
    if (shards.isWhole()) {
      Instant began = missingSince;
      if (began != null) {
        add(new Span(Kind.RECOVERY, "all copies are there again", began, between(began, now)));
      }
      missingSince = null;
      wasWhole = true;
    } else if (wasWhole && missingSince == null) {
      missingSince = now;
      // What is moved from now on makes copies as well: how long the join takes cannot be told
      // apart.
      joining.clear();
    }
  }

  private void noteRest(Instant now, HealthFacts.Shards shards) {
    boolean isAtRest = shards.isWhole() && between(changedAt, now).compareTo(REST) >= 0;
    if (!isAtRest) {
      return;
    }
    joining.forEach(
        (node, began) -> {
          MemberView view = members.get(node);
          if (view != null && changedAt.isAfter(began)) {
            add(new Span(Kind.JOIN, view.name(), began, between(began, changedAt)));
          }
        });
    joining
        .values()
        .removeIf(began -> changedAt.isAfter(began) || between(began, now).compareTo(PLAN_MAX) > 0);
  }

  private void add(Span span) {
    spans.addLast(span);
    if (spans.size() > SPANS_MAX) {
      spans.removeFirst();
    }
  }

  private static Duration between(Instant began, Instant now) {
    Duration passed = Duration.between(began, now);
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  /** What was measured until now. */
  public Summary summary() {
    return new Summary(since, List.copyOf(spans), missingSince, joined, left, expelled);
  }
}
