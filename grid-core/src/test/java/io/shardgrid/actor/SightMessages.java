package io.shardgrid.actor;

import io.shardgrid.key.Latency;
import io.shardgrid.key.NodeId;
import io.shardgrid.sight.HotKey;
import io.shardgrid.sight.MapReads;
import io.shardgrid.sight.MapSight;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.RuleSight;
import io.shardgrid.sight.ShardSight;
import io.shardgrid.sight.StoreSight;
import java.util.List;

/** The messages by which members tell what they see of themselves, for tests. Without state. */
final class SightMessages {

  private SightMessages() {}

  static List<ControlMessage> all() {
    return List.of(
        new NodeObserver.AskSight(
            ControlMessageSerializationTest.KIT.createTestProbe(NodeObserver.Seen.class).getRef()),
        new NodeObserver.Seen(
            new NodeSight(
                new NodeId("127.0.0.1", 10171, -42),
                1,
                2,
                0.5,
                new Latency(2, 3),
                new NodeSight.Holds(1, 2, 3, 4, 5, 6, 7, 8, 1L << 40),
                new NodeSight.Effort(10_000, 5, 6, 2),
                List.of(new ShardSight(255, 1, 2, 1e9)),
                List.of(new MapSight("m", 1, 2)),
                0,
                new NodeSight.Reads(60_000, List.of(new MapReads("m", 3, 1))),
                List.of(
                    new NodeSight.HotSpot(
                        255, new HotKey("m", "k\u00e9", true, false, 0.5, 0), 7, 0.5)),
                List.of(store()),
                List.of(
                    new RuleSight(
                        "fraud",
                        "ab".repeat(32),
                        1L << 40,
                        RuleSight.Standing.QUARANTINED,
                        "10 of 10, r\u00e9sum\u00e9",
                        List.of("spend"),
                        3,
                        1L << 41,
                        10,
                        0.5)))));
  }

  private static StoreSight store() {
    return new StoreSight(
        "m",
        "behind",
        500,
        StoreSight.Breaker.HALF_OPEN,
        1,
        new StoreSight.Behind(2, 1L << 33, 3),
        new StoreSight.Calls(4, 5, 6, 7, 8),
        new StoreSight.Counts(1L << 34, 9, 10, 11, 12, 13, 14, 15),
        new StoreSight.Pool(16, 17),
        1e9);
  }
}
