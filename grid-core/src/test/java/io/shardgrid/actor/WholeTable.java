package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The placement of a large cluster that has been through much: no two shards have their epochs, or
 * their seats, in a row, and nothing tells one from the next.
 */
final class WholeTable {

  private static final int PORT = 10_171;
  private static final int CHANGES = 1_000_000;

  private final Random random;
  private final List<NodeId> nodes = new ArrayList<>();
  private final List<PlacementEntry> entries = new ArrayList<>();
  private final Charter charter;

  WholeTable(int members, int shards, int copies, long seed) {
    this.random = new Random(seed);
    this.charter = new Charter("large", shards, 1, random.nextLong());
    for (int number = 0; number < members; number++) {
      String host = "10.0.%d.%d".formatted(number / 256, number % 256);
      nodes.add(new NodeId(host, PORT, random.nextLong()));
    }
    for (int shard = 0; shard < shards; shard++) {
      entries.add(entry(shard, copies));
    }
  }

  private PlacementEntry entry(int shard, int copies) {
    Set<NodeId> inSync = new LinkedHashSet<>();
    while (inSync.size() < copies) {
      inSync.add(nodes.get(random.nextInt(nodes.size())));
    }
    List<NodeId> replicas = List.copyOf(inSync);
    int change = 2 + random.nextInt(CHANGES);
    int seat = 1 + random.nextInt(change);
    return new PlacementEntry(
        shard,
        Epoch.of(3, change),
        Epoch.of(3, seat),
        Epoch.of(2, 1 + random.nextInt(CHANGES)),
        replicas.get(0),
        replicas);
  }

  Charter charter() {
    return charter;
  }

  List<NodeId> nodes() {
    return nodes;
  }

  List<PlacementEntry> entries() {
    return entries;
  }
}
