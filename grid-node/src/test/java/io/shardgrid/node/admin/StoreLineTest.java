package io.shardgrid.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Latency;
import io.shardgrid.key.NodeId;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.RuleSight;
import io.shardgrid.sight.RuleSight.Standing;
import io.shardgrid.sight.StoreSight;
import io.shardgrid.sight.StoreSight.Breaker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link StoreLine} and {@link RuleLine}: what members tell, in one line each. */
final class StoreLineTest {

  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 2);
  private static final Map<NodeId, Integer> PLACES = Map.of(A, 0, B, 1);

  private static NodeSight node(NodeId id, List<StoreSight> stores, List<RuleSight> rules) {
    return new NodeSight(
        id,
        1,
        1,
        0,
        new Latency(0, 0),
        new NodeSight.Holds(0, 0, 0, 0, 0, 0, 0, 0, 0),
        NodeSight.Effort.NONE,
        List.of(),
        List.of(),
        0,
        NodeSight.Reads.NONE,
        List.of(),
        stores,
        rules);
  }

  private static StoreSight store(String map, Breaker breaker, int base, long oldestMillis) {
    return new StoreSight(
        map,
        "behind",
        500,
        breaker,
        1,
        new StoreSight.Behind(base + 1, base + 2, oldestMillis),
        new StoreSight.Calls(base + 3, base + 4, base + 5, base + 6, base + 7),
        new StoreSight.Counts(
            base, base + 8, base + 9, base + 10, base + 11, base, base + 12, base + 13),
        new StoreSight.Pool(base + 14, base + 15),
        base + 0.25);
  }

  private static RuleSight rule(
      String module, long loadedAt, Standing standing, String problem, String... functions) {
    return new RuleSight(
        "r", module, loadedAt, standing, problem, List.of(functions), 2, 100, 10, 1.5);
  }

  @Test
  void sumsUpAStoreAndTellsTheWorst() {
    List<StoreLine> lines =
        StoreLine.of(
            List.of(
                node(
                    A,
                    List.of(
                        store("towns", Breaker.CLOSED, 0, 90), store("m", Breaker.CLOSED, 0, 0)),
                    List.of()),
                node(B, List.of(store("towns", Breaker.OPEN, 100, 70)), List.of())),
            PLACES);
    assertThat(lines).extracting(StoreLine::map).containsExactly("m", "towns");
    assertThat(lines.get(1))
        .isEqualTo(
            new StoreLine(
                "towns",
                "behind",
                500,
                "open",
                List.of(1),
                102,
                104,
                90,
                106,
                108,
                110,
                112,
                114,
                100.5,
                118,
                120,
                122,
                126,
                240,
                128,
                130));
    assertThat(lines.get(0).breaker()).isEqualTo("closed");
    assertThat(lines.get(0).stopped()).isEmpty();
  }

  @Test
  void tellsTheLastLoadOfARuleAndTheWorstStanding() {
    List<RuleLine> lines =
        RuleLine.of(
            List.of(
                node(A, List.of(), List.of(rule("old", 1, Standing.QUARANTINED, "why", "f"))),
                node(B, List.of(), List.of(rule("new", 2, Standing.READY, "", "g", "h")))),
            PLACES);
    assertThat(lines)
        .containsExactly(
            new RuleLine(
                "r", "new", "quarantined", "why", List.of(0), List.of("g", "h"), 2, 3, 200, 20));
  }

  @Test
  void takesFunctionsFromAMemberThatHasThem() {
    List<RuleLine> lines =
        RuleLine.of(
            List.of(
                node(A, List.of(), List.of(rule("m", 1, Standing.NOT_READY, "not yet"))),
                node(B, List.of(), List.of(rule("m", 1, Standing.READY, "", "g")))),
            PLACES);
    assertThat(lines.get(0).functions()).containsExactly("g");
    assertThat(lines.get(0).standing()).isEqualTo("not ready");
    assertThat(lines.get(0).problem()).isEqualTo("not yet");
  }
}
