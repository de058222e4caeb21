package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The members not removed, as an authority last heard. */
final class Roster {

  private final Map<NodeId, MemberView> members = new TreeMap<>();

  /** Replaces all of it; whether a member came or went. */
  boolean replace(Collection<MemberView> membership) {
    Set<NodeId> before = Set.copyOf(members.keySet());
    members.clear();
    membership.forEach(member -> members.put(member.id(), member));
    return !before.equals(members.keySet());
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

  List<MemberView> eligible() {
    return members.values().stream().filter(MemberView::isEligible).toList();
  }
}
