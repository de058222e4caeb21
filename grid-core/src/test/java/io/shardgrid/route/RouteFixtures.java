package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes, placements, requests and bounds for the tests of routing. */
final class RouteFixtures {

  static final NodeId A = new NodeId("a", 1, 1);
  static final NodeId B = new NodeId("b", 1, 2);
  static final NodeId C = new NodeId("c", 1, 3);
  static final long MILLI = 1_000_000;

  /** Five seconds; 4 under way, 8 and 10,000 bytes waiting; pauses of 2 to 16 ms. */
  static final RouterSettings SETTINGS =
      new RouterSettings(
          Duration.ofSeconds(5), 4, 8, 10_000, 5_000, Duration.ofMillis(2), Duration.ofMillis(16));

  private RouteFixtures() {}

  /** So many operations in all shards together, or what {@code whenFull} says. */
  static RouterSettings within(int operationsMax, WhenFull whenFull) {
    return new RouterSettings(
        Duration.ofSeconds(5),
        64,
        512,
        1 << 20,
        new RouterSettings.Total(operationsMax, 1 << 20, whenFull),
        5_000,
        Duration.ofMillis(2),
        Duration.ofMillis(16),
        "grid.route");
  }

  /** A placement whose seat began at its epoch; lost without a primary. */
  static PlacementEntry entry(int shard, long epoch, @Nullable NodeId primary) {
    return new PlacementEntry(
        shard, epoch, epoch, epoch - 1, primary, primary == null ? List.of() : List.of(primary));
  }

  static Request get(String key) {
    return new Request.Get(bytes(key));
  }

  static Request put(String key, String value) {
    return new Request.Put(bytes(key), bytes(value), Expiry.NEVER, Condition.ALWAYS, false);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
