package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is a member, as a log of versions that each member learns some time later. As in Pekko: a
 * member gets on only when all others have heard of it, and a removed node hears nothing more.
 */
final class SimulatedMembership {

  private final SimulatedNetwork network;
  private final Map<NodeId, SimulatedNode> nodes;
  private final Map<NodeId, MemberView> members = new LinkedHashMap<>();
  private int version;

  SimulatedMembership(SimulatedNetwork network, Map<NodeId, SimulatedNode> nodes) {
    this.network = network;
    this.nodes = nodes;
  }

  int version() {
    return version;
  }

  int size() {
    return members.size();
  }

  boolean has(SimulatedNode node) {
    return members.containsKey(node.id);
  }

  Standing standing(SimulatedNode node) {
    MemberView member = members.get(node.id);
    return member == null ? Standing.UNREACHABLE : member.standing();
  }

  /** The members in the order of their age. */
  List<SimulatedNode> inOrder() {
    List<SimulatedNode> inOrder = new ArrayList<>();
    for (SimulatedNode node : nodes.values()) {
      if (members.containsKey(node.id)) {
        inOrder.add(node);
      }
    }
    return inOrder;
  }

  List<MemberView> now() {
    return List.copyOf(members.values());
  }

  /** Whether every member knows of this version or a later one. */
  boolean isSeenByAll() {
    return inOrder().stream().allMatch(node -> node.isRunning() && node.viewVersion == version);
  }

  void set(SimulatedNode node, Standing standing) {
    members.put(node.id, node.self.withStanding(standing));
    publish();
  }

  void remove(SimulatedNode node) {
    members.remove(node.id);
    node.isRemoved = true;
    publish();
  }

  private void publish() {
    version++;
    network.trace(() -> "members " + version + ": " + members.values());
    int published = version;
    List<MemberView> view = now();
    for (SimulatedNode node : inOrder()) {
      tell(node, published, view);
    }
  }

  /** Gossip comes through in the end, unless the node is removed before. */
  private void tell(SimulatedNode node, int published, List<MemberView> view) {
    network.after(
        1 + network.random.nextInt(400),
        () -> {
          if (node.isRemoved || node.isDead) {
            return;
          }
          if (node.isCut || node.isPaused) {
            tell(node, published, view);
          } else {
            node.learnMembers(published, view);
          }
        });
  }
}
