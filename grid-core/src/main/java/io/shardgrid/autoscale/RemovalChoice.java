package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.key.MemberView.Standing;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which node goes: of the zone that has most nodes, the one with the fewest bytes; or the last one,
 * where whoever ends nodes leaves no choice. Stateless.
 */
final class RemovalChoice {

  private static final Pattern ORDINAL = Pattern.compile("-([0-9]{1,9})$");
  private static final BigInteger NO_ORDINAL = BigInteger.ONE.negate();

  private RemovalChoice() {}

  /** The node; empty if there is no full member that can be ended. O(nodes). */
  static Optional<NodeLoad> of(List<NodeLoad> nodes, Leaver leaver) {
    List<NodeLoad> members = nodes.stream().filter(node -> node.standing() == Standing.UP).toList();
    List<NodeLoad> able = members.stream().filter(NodeLoad::isStandalone).toList();
    return switch (leaver) {
      case ANY -> able.stream().min(lightestOfLargestZone(members));
      case HIGHEST_ORDINAL ->
          able.stream()
              .filter(node -> ordinal(node).signum() >= 0)
              .max(Comparator.comparing(RemovalChoice::ordinal));
      case NONE -> Optional.empty();
    };
  }

  private static Comparator<NodeLoad> lightestOfLargestZone(List<NodeLoad> members) {
    Map<String, Long> sizes =
        members.stream().collect(Collectors.groupingBy(NodeLoad::zone, Collectors.counting()));
    return Comparator.comparingLong((NodeLoad node) -> -sizes.getOrDefault(node.zone(), 0L))
        .thenComparingLong(NodeLoad::heldBytes)
        .thenComparing(NodeLoad::id);
  }

  private static BigInteger ordinal(NodeLoad node) {
    Matcher found = ORDINAL.matcher(node.name());
    return found.find() ? new BigInteger(found.group(1)) : NO_ORDINAL;
  }
}
