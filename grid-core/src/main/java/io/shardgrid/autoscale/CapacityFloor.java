package io.shardgrid.autoscale;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;

/** The fewest nodes that hold all data even when one of them is lost. Stateless. */
final class CapacityFloor {

  private static final BigInteger ALL_PERCENT = BigInteger.valueOf(100);

  private CapacityFloor() {}

  /**
   * The fewest nodes; empty if nobody knows what they hold or may hold. Nodes are taken to be as
   * small as the smallest, so that it holds whichever is lost and whichever goes.
   */
  static OptionalInt nodes(List<NodeLoad> nodes, DataRoom room) {
    BigInteger own = BigInteger.ZERO;
    BigInteger held = BigInteger.ZERO;
    long smallest = Long.MAX_VALUE;
    for (NodeLoad node : nodes) {
      if (node.ownBytes() < 0 || node.heldBytes() < 0 || node.bytesMax() <= 0) {
        return OptionalInt.empty();
      }
      own = own.add(BigInteger.valueOf(node.ownBytes()));
      held = held.add(BigInteger.valueOf(node.heldBytes()));
      smallest = Math.min(smallest, node.bytesMax());
    }
    if (nodes.isEmpty()) {
      return OptionalInt.empty();
    }
    // The larger one: a node that says too little of its own does not lower the floor.
    BigInteger all = own.multiply(BigInteger.valueOf(room.copies())).max(held);
    BigInteger needed = all.multiply(ALL_PERCENT);
    BigInteger each =
        BigInteger.valueOf(smallest).multiply(BigInteger.valueOf(room.highWaterPercent()));
    BigInteger[] quotient = needed.divideAndRemainder(each);
    BigInteger full = quotient[0].add(BigInteger.valueOf(quotient[1].signum()));
    // One is lost; and each copy of a shard is on a node of its own.
    BigInteger floor = full.max(BigInteger.valueOf(room.copies())).add(BigInteger.ONE);
    return OptionalInt.of(floor.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue());
  }
}
