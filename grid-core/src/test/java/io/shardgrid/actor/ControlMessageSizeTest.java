package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.key.Slot;
import io.shardgrid.placement.Memo;
import io.shardgrid.placement.Placed;
import io.shardgrid.placement.RegisterMessage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that is larger than a frame is dropped: the largest ones must not be. */
final class ControlMessageSizeTest {

  private static final int NODES = 1_000;
  private static final long SEED = 1;

  /** What Artery puts around a message: a header and two paths. */
  private static final int ENVELOPE_BYTES = 4_096;

  private static final Config ENGINE =
      ConfigFactory.parseResources("io/shardgrid/actor/engine.conf")
          .withFallback(ConfigFactory.defaultReference());
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.actor.provider = local").withFallback(ENGINE).resolve());

  private final Serialization serialization =
      SerializationExtension.get(Adapter.toClassic(KIT.system()));
  private final ActorRef<PlacementAuthority.Command> authority =
      KIT.createTestProbe(PlacementAuthority.Command.class).getRef();
  private final int frameBytes =
      ENGINE.resolve().getBytes("pekko.remote.artery.advanced.maximum-frame-size").intValue();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void fitsTheTableOfTheMostShardsIntoAFrame(int copies) {
    WholeTable table = new WholeTable(NODES, Slot.COUNT, copies, SEED);
    assertThat(
            bytes(
                new PlacementAuthority.Promised(
                    table.nodes().get(0),
                    new RegisterMessage.Promise(
                        3, SEED, table.charter(), table.entries(), Memo.NONE))))
        .isLessThan(frameBytes);
    assertThat(
            bytes(
                new RegisterActor.Accept(
                    new RegisterMessage.Accept(
                        3, SEED, 1, table.charter(), table.entries(), Memo.NONE),
                    authority)))
        .isLessThan(frameBytes);
  }

  @Test
  void readsTheTableOfTheMostShards() {
    WholeTable table = new WholeTable(NODES, Slot.COUNT, 2, SEED);
    ShardHost.PlacedBy placed =
        new ShardHost.PlacedBy(new Placed(3, table.charter(), table.entries()), authority);
    byte[] bytes = serialization.serialize(placed).get();
    assertThat(serialization.deserialize(bytes, ShardHost.PlacedBy.class).get()).isEqualTo(placed);
  }

  private int bytes(Object message) {
    return serialization.serialize(message).get().length + ENVELOPE_BYTES;
  }
}
