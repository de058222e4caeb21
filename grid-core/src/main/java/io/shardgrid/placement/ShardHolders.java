package io.shardgrid.placement;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Which nodes hold one shard in a plan in the making; nodes by number. Not thread-safe. */
final class ShardHolders {

  /** No node. */
  static final int NONE = -1;

  private final int shard;
  private final IntFunction<int[]> ranking;
  private final int[] nodes;
  private int count;
  private int primary = NONE;
  private int @Nullable [] ranks;

  /**
   * A shard that nobody holds.
   *
   * @param max most nodes that hold it
   * @param ranking how much the ring prefers each node for a shard, best first from 0; asked at
   *     most once, since there are as many ranks of a shard as there are nodes
   */
  ShardHolders(int shard, int max, IntFunction<int[]> ranking) {
    this.shard = shard;
    this.ranking = ranking;
    this.nodes = new int[max];
  }

  int shard() {
    return shard;
  }

  int count() {
    return count;
  }

  /** One of them, in the order in which they came. */
  int node(int index) {
    return nodes[index];
  }

  boolean isFull() {
    return count == nodes.length;
  }

  boolean has(int node) {
    return indexOf(node) >= 0;
  }

  private int indexOf(int node) {
    for (int index = 0; index < count; index++) {
      if (nodes[index] == node) {
        return index;
      }
    }
    return -1;
  }

  void add(int node) {
    nodes[count] = node;
    count++;
  }

  /** The taker comes, as the last one, in place of the giver. */
  void replace(int giver, int taker) {
    int from = indexOf(giver);
    System.arraycopy(nodes, from + 1, nodes, from, count - from - 1);
    nodes[count - 1] = taker;
  }

  /**
   * The one that acts, {@link #NONE} if it was not named yet, or does not hold the shard any more.
   */
  int primary() {
    return primary;
  }

  void name(int node) {
    primary = node;
  }

  int rank(int node) {
    int[] known = ranks;
    if (known == null) {
      known = ranking.apply(shard);
      ranks = known;
    }
    return known[node];
  }

  /** All of them, the primary first. */
  int[] primaryFirst() {
    int[] order = Arrays.copyOf(nodes, count);
    int at = indexOf(primary);
    System.arraycopy(order, 0, order, 1, at);
    order[0] = primary;
    return order;
  }
}
