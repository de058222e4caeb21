package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The members not removed, as an authority last heard. */
final class Roster {
  /*
   * Of one change of its gossip, Pekko tells the removals before the joins (diffMemberEvents in
   * ClusterEvent.scala). Who counted promises in between would pass over a newcomer that holds,
   * together with the removed member, the only copies of a commit. So after a removal the roster is
   * unsure for at least one full interval of repetition.
   */

  private static final int REPEATS_AFTER_REMOVAL = 2;

  /** In the order of the nodes. Hashed: at each write all shards ask whether theirs are members. */
  private final Map<NodeId, MemberView> members = new LinkedHashMap<>();

  private final Map<NodeId, Integer> weights = new TreeMap<>();
  private int repeatsToWait;

  /** Replaces all of it; whether a member came or went. */
  boolean replace(Collection<MemberView> membership) {
    Set<NodeId> before = Set.copyOf(members.keySet());
    members.clear();
    membership.stream()
        .sorted(Comparator.comparing(MemberView::id))
        .forEach(member -> members.put(member.id(), weighed(member)));
    weights.keySet().retainAll(members.keySet());
    if (!members.keySet().containsAll(before)) {
      repeatsToWait = REPEATS_AFTER_REMOVAL;
    }
    return !before.equals(members.keySet());
  }

  /** A member's own word on its weight, which counts more than what it said when it joined. */
  void weigh(NodeId node, int weight) {
    MemberView member = members.get(node);
    if (member != null) {
      weights.put(node, weight);
      members.put(node, member.withWeight(weight));
    }
  }

  private MemberView weighed(MemberView member) {
    Integer weight = weights.get(member.id());
    return weight == null ? member : member.withWeight(weight);
  }

  /** Whether the weight of everybody who is up is known from its own word. */
  boolean areWeighed() {
    return members.values().stream()
        .allMatch(member -> member.standing() != Standing.UP || weights.containsKey(member.id()));
  }

  /** Whether everybody is among them who joined before the last removal. */
  boolean isSure() {
    return repeatsToWait == 0;
  }

  /** An interval of repetition has begun. */
  void repeated() {
    repeatsToWait = Math.max(0, repeatsToWait - 1);
  }

  boolean has(NodeId node) {
    return members.containsKey(node);
  }

  /** The nodes in their order: a view. */
  Set<NodeId> ids() {
    return Collections.unmodifiableSet(members.keySet());
  }

  Collection<MemberView> all() {
    return Collections.unmodifiableCollection(members.values());
  }

  List<MemberView> without(NodeId node) {
    return members.values().stream().filter(member -> !member.id().equals(node)).toList();
  }

  /** How many members are up, those of weight 0 included. */
  int up() {
    return (int)
        members.values().stream().filter(member -> member.standing() == Standing.UP).count();
  }

  List<MemberView> eligible() {
    return members.values().stream().filter(MemberView::isEligible).toList();
  }
}
