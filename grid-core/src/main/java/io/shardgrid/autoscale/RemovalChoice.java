package io.shardgrid.autoscale;

import io.shardgrid.key.MemberView.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which node goes: of the zone that has most nodes, the one with the fewest bytes. Stateless. */
final class RemovalChoice {

  private RemovalChoice() {}

  /** The node; empty if there is no full member. O(nodes). */
  static Optional<NodeLoad> of(List<NodeLoad> nodes) {
    List<NodeLoad> members = nodes.stream().filter(node -> node.standing() == Standing.UP).toList();
    Map<String, Long> sizes =
        members.stream().collect(Collectors.groupingBy(NodeLoad::zone, Collectors.counting()));
    return members.stream()
        .min(
            Comparator.comparingLong((NodeLoad node) -> -sizes.getOrDefault(node.zone(), 0L))
                .thenComparingLong(NodeLoad::heldBytes)
                .thenComparing(NodeLoad::id));
  }
}
