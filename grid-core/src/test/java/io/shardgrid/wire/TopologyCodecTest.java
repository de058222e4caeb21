package io.shardgrid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The binary form of a topology. */
final class TopologyCodecTest {

  private static final NodeId NODE = new NodeId("host", 10_171, 99);
  private static final MemberView MEMBER =
      new MemberView(NODE, "a", "zone", 1, 9_171, 7_171, 8_171, MemberView.Standing.UP);

  @Test
  void readsWhatItWrote() {
    Topology topology = topology(4, 3);
    assertThat(TopologyCodec.read(new WireReader(written(topology)))).isEqualTo(topology);
  }

  @Test
  void readsACharterAlone() {
    Topology topology = new Topology(new Charter("c", 256, 0, 1), List.of(), List.of());
    assertThat(TopologyCodec.read(new WireReader(written(topology)))).isEqualTo(topology);
  }

  @Test
  void refusesAShardThatTheClusterHasNot() {
    assertThatThrownBy(() -> TopologyCodec.read(new WireReader(written(topology(4, 4)))))
        .isInstanceOf(WireException.class)
        .hasMessageContainingAll("shard=4", "shards=4");
  }

  @Test
  void refusesANumberOfShardsThatCannotBe() {
    for (int shards : new int[] {0, 16_385}) {
      Topology topology = new Topology(new Charter("c", shards, 0, 1), List.of(), List.of());
      assertThatThrownBy(() -> TopologyCodec.read(new WireReader(written(topology))))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("shards=" + shards);
    }
  }

  @Test
  void refusesEveryPartOfATopologyAndMore() {
    byte[] whole = written(topology(4, 3));
    for (int bytes = 0; bytes <= whole.length + 1; bytes++) {
      WireReader in = new WireReader(Arrays.copyOf(whole, bytes));
      if (bytes != whole.length) {
        assertThatThrownBy(() -> TopologyCodec.read(in)).isInstanceOf(WireException.class);
      }
    }
  }

  private static Topology topology(int shards, int shard) {
    return new Topology(
        new Charter("cluster", shards, 1, -7),
        List.of(MEMBER),
        List.of(new PlacementEntry(shard, 1L << 32, 1L << 32, 0, NODE, List.of(NODE))));
  }

  private static byte[] written(Topology topology) {
    WireWriter out = new WireWriter(0);
    TopologyCodec.write(out, topology);
    return out.toBytes();
  }
}
