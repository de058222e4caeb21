package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.placement.RegisterMessage.Accept;
import java.util.HashSet;
import java.util.Set;

/** One write to the registers and who accepted it. */
final class Round {

  private final Accept request;
  private final Set<NodeId> acceptedBy = new HashSet<>();

  Round(Accept request) {
    this.request = request;
  }

  Accept request() {
    return request;
  }

  void acceptedBy(NodeId node) {
    acceptedBy.add(node);
  }

  boolean isAcceptedBy(NodeId node) {
    return acceptedBy.contains(node);
  }

  /** Whether more than half of these members accepted: then it is committed. */
  boolean hasMajorityOf(Set<NodeId> members) {
    long accepted = members.stream().filter(acceptedBy::contains).count();
    return 2 * accepted > members.size();
  }
}
