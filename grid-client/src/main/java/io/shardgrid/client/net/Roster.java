package io.shardgrid.client.net;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is in the cluster, by the words of the nodes that are connected. Pure; not thread-safe.
 *
 * <p>Lists of members carry no number by which the newer of two could be told, so a member counts
 * as long as any connected node names it. When no node is connected, the last list stays.
 */
final class Roster {

  private final Map<NodeId, List<MemberView>> lists = new HashMap<>();
  private Map<NodeId, MemberView> members = Map.of();

  /** What a connected node says. */
  void learned(NodeId from, List<MemberView> list) {
    lists.put(from, list);
    unite();
  }

  /** What somebody says while no node is connected: takes the place of all that is known. */
  void replaced(List<MemberView> list) {
    lists.clear();
    members = byNode(List.of(list));
  }

  /** A node is not connected any more. */
  void forgotten(NodeId from) {
    if (lists.remove(from) != null && !lists.isEmpty()) {
      unite();
    }
  }

  /** The members, in the order of their nodes. */
  List<MemberView> members() {
    return new ArrayList<>(members.values());
  }

  private void unite() {
    members = byNode(lists.values());
  }

  private static Map<NodeId, MemberView> byNode(Iterable<List<MemberView>> lists) {
    Map<NodeId, MemberView> all = new TreeMap<>();
    for (List<MemberView> list : lists) {
      for (MemberView member : list) {
        // A port that somebody already knows is better than none.
        all.merge(member.id(), member, (a, b) -> a.respPort() >= b.respPort() ? a : b);
      }
    }
    return all;
  }
}
