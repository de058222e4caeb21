package io.shardgrid.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Moves something from nodes that have too much of it to those that have too little, one at a time
 * along a shortest path, while it can. Nodes by number. Not thread-safe.
 */
final class Flow {

  private final int[] room;
  private final boolean[] takes;
  private final Step step;

  /** Nodes from which no path leads anywhere. */
  private final BitSet stuck = new BitSet();

  /** Nodes from which none does as long as nothing else is moved. */
  private final BitSet hopeless = new BitSet();

  /** One step from a giver to a taker: the shard to be moved, null if there is none. */
  interface Step {
    @Nullable ShardHolders of(int giver, int taker);
  }

  /** What is done with a shard. */
  interface Move {
    void carry(ShardHolders shard, int giver, int taker);
  }

  /**
   * A flow.
   *
   * @param room how many more each node should have, below 0 if it has too many; changed
   * @param takes whether a node may get any
   */
  Flow(int[] room, boolean[] takes, Step step) {
    this.room = room;
    this.takes = takes;
    this.step = step;
  }

  void run(Move move) {
    for (int giver = richest(); giver >= 0; giver = richest()) {
      List<Integer> path = hopeless.get(giver) ? List.of() : shortestPath(giver);
      if (path.isEmpty()) {
        stuck.set(giver);
      } else {
        hopeless.clear();
        moveAlong(path, move);
      }
    }
  }

  /** The node with most too many, the first of equals; below 0 if there is none. */
  private int richest() {
    int richest = -1;
    for (int node = 0; node < room.length; node++) {
      if (room[node] < 0 && !stuck.get(node) && (richest < 0 || room[node] < room[richest])) {
        richest = node;
      }
    }
    return richest;
  }

  private List<Integer> shortestPath(int giver) {
    int[] cameFrom = new int[room.length];
    Arrays.fill(cameFrom, -1);
    cameFrom[giver] = giver;
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(giver));
    int[] neediestFirst = neediestFirst();
    while (!open.isEmpty()) {
      int at = open.remove();
      for (int next : neediestFirst) {
        if (cameFrom[next] < 0 && takes[next] && step.of(at, next) != null) {
          cameFrom[next] = at;
          open.add(next);
          if (room[next] > 0) {
            return pathTo(next, cameFrom);
          }
        }
      }
    }
    for (int node = 0; node < cameFrom.length; node++) {
      hopeless.set(node, hopeless.get(node) || cameFrom[node] >= 0);
    }
    return List.of();
  }

  private int[] neediestFirst() {
    return IntStream.range(0, room.length)
        .boxed()
        .sorted(Comparator.comparingInt(node -> -room[node]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<Integer> pathTo(int end, int[] cameFrom) {
    List<Integer> path = new ArrayList<>(List.of(end));
    for (int at = end; cameFrom[at] != at; at = cameFrom[at]) {
      path.add(0, cameFrom[at]);
    }
    return path;
  }

  private void moveAlong(List<Integer> path, Move move) {
    // From the end: a step must not take away what an earlier one on the path counts on.
    for (int i = path.size() - 2; i >= 0; i--) {
      int giver = path.get(i);
      int taker = path.get(i + 1);
      ShardHolders moved = step.of(giver, taker);
      if (moved == null) {
        return;
      }
      move.carry(moved, giver, taker);
      room[giver]++;
      room[taker]--;
    }
  }
}
