package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TopSampleTest {

  private static NodesPage.Node node(String name, String id, boolean isAnswering, long operations) {
    return new NodesPage.Node(
        name,
        id,
        "10.0.0.1",
        new ClusterPage.Ports(7171, 8171, 9171, 10171),
        "default",
        1,
        "up",
        isAnswering,
        128,
        128,
        1_000,
        2_048,
        operations,
        isAnswering ? 0.4 : 0,
        isAnswering ? 12.5 : 0,
        3);
  }

  @Test
  void tellsWhatHappenedBetweenTwoLooks() {
    NodesPage before =
        new NodesPage("test", List.of(node("a", "1", true, 1_000), node("b", "2", true, 50)));
    NodesPage after =
        new NodesPage(
            "test",
            List.of(
                node("a", "1", true, 6_000), node("b", "2", false, 0), node("c", "3", true, 900)));
    TopSample sample = TopSample.between(before, after, 2);
    assertThat(sample.nodes())
        .extracting(TopSample.Line::operationsPerSecond)
        .containsExactly(2_500.0, -1.0, -1.0);
    assertThat(sample.table())
        .containsExactly(
            "NODE       OPS/S      P50      P99  WAITING  SHARDS  ENTRIES     LIVE",
            "a          2,500  0.40 ms  12.5 ms        3     128    1,000  2.0 KiB",
            "b      no answer        -        -        -       -        -        -",
            "c              -  0.40 ms  12.5 ms        3     128    1,000  2.0 KiB",
            "total      2,500  0.40 ms  12.5 ms        9     384    3,000  6.0 KiB");
  }

  @Test
  void countsNothingBackwards() {
    NodesPage before = new NodesPage("test", List.of(node("a", "1", true, 9_000)));
    NodesPage after = new NodesPage("test", List.of(node("a", "1", true, 10)));
    assertThat(TopSample.between(before, after, 1).nodes().get(0).operationsPerSecond()).isZero();
  }
}
