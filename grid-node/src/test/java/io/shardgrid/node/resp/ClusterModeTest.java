package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import io.shardgrid.node.access.InProcessGrid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener in cluster mode; slot 12182 of "foo" is in shard 11, slot 5061 of "bar" in 4. */
final class ClusterModeTest {

  private static final int SHARD_OF_FOO = 11;

  private final RespFixture fixture = RespFixture.serving("mode = cluster");
  private final RespClient client = fixture.client();

  @BeforeEach
  void join() {
    fixture.grid.join(InProcessGrid.member(InProcessGrid.OTHER, "b", 7272));
  }

  @AfterEach
  void stop() {
    client.close();
    fixture.close();
  }

  @Test
  void sendsClientsToTheOwner() {
    fixture.grid.place(SHARD_OF_FOO, InProcessGrid.OTHER);
    assertThat(client.ask("GET", "foo")).isEqualTo("-MOVED 12182 10.1.2.3:7272");
    assertThat(client.ask("GRID.GET", "m", "foo")).isEqualTo("-MOVED 12182 10.1.2.3:7272");
    assertThat(client.ask("MSET", "{foo}1", "x", "{foo}2", "y"))
        .isEqualTo("-MOVED 12182 10.1.2.3:7272");
    assertThat(client.ask("SET", "bar", "x")).isEqualTo("OK");
    assertThat(client.ask("HELLO")).contains("'mode' 'cluster'");
    assertThat(client.ask("INFO", "cluster")).contains("cluster_enabled:1");
  }

  @Test
  void refusesKeysOfSeveralSlots() {
    assertThat(client.ask("MGET", "foo", "bar"))
        .isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot");
    assertThat(client.ask("DEL", "foo", "bar")).startsWith("-CROSSSLOT ");
    assertThat(client.ask("MSET", "{foo}1", "x", "{foo}2", "y")).isEqualTo("OK");
    assertThat(client.ask("EXISTS", "{foo}1", "{foo}2")).isEqualTo("2");
  }

  @Test
  void coversItsOwnShardsOnly() {
    client.ask("SET", "foo", "x");
    client.ask("SET", "bar", "y");
    fixture.grid.place(SHARD_OF_FOO, InProcessGrid.OTHER);
    assertThat(client.ask("DBSIZE")).isEqualTo("1");
    assertThat(client.ask("SCAN", 0)).isEqualTo("['0' ['bar']]");
    assertThat(client.ask("FLUSHALL")).isEqualTo("OK");
    assertThat(client.ask("DBSIZE")).isEqualTo("0");
  }

  @Test
  void announcesEachNodeWithItsSlots() {
    fixture.grid.place(SHARD_OF_FOO, InProcessGrid.OTHER);
    assertThat(client.ask("CLUSTER", "SLOTS"))
        .contains("[0 11263 [", "[11264 12287 ['10.1.2.3' 7272 ", "[12288 16383 [");
    assertThat(client.ask("CLUSTER", "NODES"))
        .contains("10.1.2.3:7272@10172 master - 0 0 ", " connected 11264-12287\n");
    assertThat(client.ask("CLUSTER", "INFO"))
        .contains("cluster_known_nodes:2", "cluster_size:2", "cluster_state:ok");
  }

  @Test
  void standsInForMembersWithoutAPort() {
    NodeId embedded = new NodeId("10.9.9.9", 10173, 3);
    fixture.grid.join(InProcessGrid.member(embedded, "c", 0));
    fixture.grid.place(SHARD_OF_FOO, embedded);
    assertThat(client.ask("CLUSTER", "SLOTS")).startsWith("[[0 16383 ['127.0.0.1' ");
    assertThat(client.ask("CLUSTER", "NODES")).doesNotContain("10.9.9.9");
  }

  @Test
  void saysThatAShardIsLost() {
    fixture.grid.place(SHARD_OF_FOO, null);
    assertThat(client.ask("GET", "foo")).startsWith("-CLUSTERDOWN Hash slot not served");
    assertThat(client.ask("CLUSTER", "INFO")).contains("cluster_state:fail");
  }
}
