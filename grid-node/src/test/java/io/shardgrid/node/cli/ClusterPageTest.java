package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ClusterPageTest {

  private static final String PAGE =
      """
      {"cluster":"shardgrid","node":"a","shards":256,"backups":1,"placementEpoch":"1.1",
       "totals":{"members":2},
       "members":[
        {"name":"a","id":"127.0.0.1:10171#1","host":"127.0.0.1",
         "ports":{"resp":7171,"http":8171,"peer":9171,"cluster":10171},"zone":"default",
         "weight":1,"standing":"up","isAnswering":true,
         "shards":128,"backups":127,"entries":70000,"bytes":1048576,"reservedBytes":2097152},
        {"name":"b","id":"127.0.0.1:10172#1","host":"127.0.0.1",
         "ports":{"resp":7172,"http":8172,"peer":9172,"cluster":10172},"zone":"default",
         "weight":1,"standing":"unreachable","isAnswering":false,
         "shards":0,"backups":0,"entries":0,"bytes":0,"reservedBytes":0}],
       "lostShards":[4]}
      """;

  @Test
  void isATableForPeople() {
    assertThat(ClusterPage.parse(PAGE).table())
        .containsExactly(
            "NODE      CLUSTER ADDRESS        STANDING    WEIGHT  SHARDS BACKUPS       ENTRIES        LIVE       TAKEN",
            "a         127.0.0.1:10171        up               1     128     127        70,000     1.0 MiB     2.0 MiB",
            "b         127.0.0.1:10172        no answer        1       0       0             0         0 B         0 B",
            "total                                               128/256     127        70,000     1.0 MiB     2.0 MiB");
  }

  @Test
  void knowsWhatIsLost() {
    assertThat(ClusterPage.parse(PAGE).lostShards()).containsExactly(4);
    assertThat(ClusterPage.parse(PAGE).entries()).isEqualTo(70_000);
  }

  @Test
  void saysWhenSomethingElseAnswers() {
    assertThatThrownBy(() -> ClusterPage.parse("<html>"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("What answers is no node of Shardgrid");
    assertThatThrownBy(() -> ClusterPage.parse("{}"))
        .hasMessageStartingWith("What answers is no node of Shardgrid");
  }
}
