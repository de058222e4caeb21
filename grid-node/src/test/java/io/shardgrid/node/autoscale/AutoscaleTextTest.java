package io.shardgrid.node.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** What people read, on an answer that a node has given. */
final class AutoscaleTextTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
  private static final int COLUMNS = 100;

  private static final String ANSWER =
      """
      { "at" : "2026-11-29T15:00:03.500Z", "node" : "a", "nodeId" : "127.0.0.1:10171#1",
        "mode" : "act", "inCharge" : true, "bounds" : { "min" : 1, "max" : 4 }, "members" : 4,
        "order" : { "number" : 7, "state" : "draining", "text" : "left=12 shards", "before" : 4,
          "nodes" : 3, "leaving" : "d", "at" : "2026-11-29T14:56:00Z", "ageMillis" : 243500 },
        "made" : { "stay" : 240, "add" : 2, "remove" : 1 },
        "decisions" : [ {
          "since" : "2026-11-29T15:00:00Z", "at" : "2026-11-29T15:00:00Z", "times" : 1,
          "nodes" : 3, "change" : 1, "leaving" : null, "basis" : "metrics",
          "proposed" : 6, "stabilized" : 6, "limited" : 4, "limit" : "max",
          "metrics" : [
            { "name" : "cpu", "kind" : "utilization", "target" : 70, "reported" : 130,
              "proposed" : 6, "problem" : null },
            { "name" : "p99", "kind" : "average", "target" : 20, "reported" : 12.5,
              "proposed" : 3, "problem" : null },
            { "name" : "jobs", "kind" : "value", "target" : 0.5, "reported" : null,
              "proposed" : null, "problem" : "A reading makes no sense: source=jobs of b" } ],
          "reasons" : [
            { "cause" : "doubtful reading",
              "text" : "A reading makes no sense: source=jobs of b, found=NaN" },
            { "cause" : "bounds", "text" : "There may not be more nodes: max=4" } ],
          "inputs" : [
            { "node" : "a", "zone" : "east", "standing" : "up", "upSince" : "2026-11-29T14:00:00Z",
              "ownBytes" : 1048576, "heldBytes" : 2097152, "bytesMax" : 67108864, "readings" : [
                { "metric" : "cpu", "value" : 1.3, "whole" : 1, "at" : "2026-11-29T15:00:00Z" },
                { "metric" : "p99", "value" : 12.54321, "whole" : null,
                  "at" : "2026-11-29T15:00:00Z" },
                { "metric" : "jobs", "value" : "NaN", "whole" : null,
                  "at" : "2026-11-29T14:58:30Z" } ] },
            { "node" : "c\\u001b[2J", "zone" : "west", "standing" : "joining",
              "upSince" : "2026-11-29T14:59:55Z", "ownBytes" : null, "heldBytes" : null,
              "bytesMax" : null, "readings" : [ ] } ]
        }, {
          "since" : "2026-11-29T13:59:45Z", "at" : "2026-11-29T14:59:45Z", "times" : 240,
          "nodes" : 3, "change" : -1, "leaving" : "d", "basis" : "above max",
          "proposed" : 3, "stabilized" : 3, "limited" : 2, "limit" : "none",
          "metrics" : [ ], "reasons" : [ ], "inputs" : [ ] } ],
        "notes" : [ { "at" : "2026-11-29T14:30:00Z", "text" : "Done: order=6; Nodes have come" } ],
        "later" : 1 }
      """;

  private final AutoscalePage page = AutoscalePage.parse(ANSWER);

  @Test
  void showsHowItIs() {
    StatusLines status = new StatusLines(page, ZONE);
    assertThat(status.heading()).isEqualTo("Autoscaler on a: acts, nodes are started and ended");
    assertThat(status.lines())
        .containsExactly(
            "  bounds    1 to 4 nodes; 4 members now",
            "  order     7, draining for 4 min: 4 -> 3 nodes, d is to go; left=12 shards",
            "  decided   2026-11-30 00:00:00, 3 s ago: 1 more is to come",
            "  size      3 nodes; wanted: 6 by the metrics, 6 after the window, 4 within the limits",
            "METRIC  KIND             TARGET    REPORTED  ASKS FOR",
            "cpu     utilization        70 %       130 %  6 nodes",
            "p99     average              20        12.5  3 nodes",
            "jobs    value               0.5           -  nothing",
            "Why:",
            "  doubtful reading   A reading makes no sense: source=jobs of b, found=NaN",
            "  bounds             There may not be more nodes: max=4",
            "What was done of late:",
            "  2026-11-29 23:30:00  Done: order=6; Nodes have come");
  }

  @Test
  void showsWhatWasDecidedAndWhy() {
    DecisionBlock block = new DecisionBlock(page.decisions().get(0), page.mode(), ZONE);
    assertThat(block.heading()).isEqualTo("2026-11-30 00:00:00: 3 nodes, 1 more is to come");
    assertThat(block.reasons())
        .containsExactly(
            "    cpu 130 % (target 70 %): 6 nodes; p99 12.5 (target 20): 3 nodes; jobs unreadable",
            "    wanted: 6 by the metrics, 6 after the window, 4 within the limits",
            "    doubtful reading: A reading makes no sense: source=jobs of b, found=NaN",
            "    bounds: There may not be more nodes: max=4");
    assertThat(block.inputs())
        .containsExactly(
            "    node a (east, up for 60 min): owns 1.0 MiB, holds 2.0 MiB of 64.0 MiB; cpu 130 %, p99 12.54,",
            "      jobs NaN (90 s old)",
            "    node c?[2J (west, joining for 5 s): owns ?, holds ? of ?; has not reported");
  }

  @Test
  void showsSeveralThatAreAlikeAsOne() {
    DecisionBlock block = new DecisionBlock(page.decisions().get(1), "advise", ZONE);
    assertThat(block.heading())
        .isEqualTo("2026-11-29 22:59:45 to 23:59:45, 240 times: 3 nodes, d should go");
    assertThat(block.reasons())
        .containsExactly("    wanted: 2, whatever the metrics say: there must not be more");
    assertThat(block.inputs()).isEmpty();
  }

  @Test
  void neverBreaksANumberFromItsUnit() {
    assertThat(WrappedText.lines("  ", "    ", ("70" + WrappedText.TIED + "% ").repeat(30)))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS))
        .allSatisfy(line -> assertThat(line).endsWith("70 %"));
    assertThat(WrappedText.lines("> ", "", "x".repeat(COLUMNS))).hasSize(1);
  }

  @Test
  void roundsForPeople() {
    assertThat(Wording.number(0)).isEqualTo("0");
    assertThat(Wording.number(1e9)).isEqualTo("1000000000");
    assertThat(Wording.number(0.069999)).isEqualTo("0.07");
    assertThat(Wording.number(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }
}
