package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.GridSettings;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.CannotTake;
import io.shardgrid.placement.Placed;
import io.shardgrid.shard.Replica;
import io.shardgrid.shard.ReplicaMemory;
import io.shardgrid.shard.Yield;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ShardHostTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.actor.provider = local")
              .withFallback(ConfigFactory.parseResources("io/shardgrid/actor/engine.conf"))
              .withFallback(ConfigFactory.defaultReference())
              .resolve());
  private static final Charter CHARTER = new Charter("c", 1, 0, 7);
  private static final NodeId OTHER = new NodeId("127.0.0.1", 1, 1);
  private static final NodeId SELF = new NodeId("127.0.0.1", 2, 2);
  private static final PlacementEntry ON_OTHER =
      new PlacementEntry(0, 1, 1, Epoch.NONE, OTHER, List.of(OTHER));
  private static final PlacementEntry ON_SELF = new PlacementEntry(0, 2, 2, 1, SELF, List.of(SELF));

  private final TestProbe<PlacementAuthority.Command> authority =
      KIT.createTestProbe(PlacementAuthority.Command.class);
  private final TestProbe<PlacementEntry> taken = KIT.createTestProbe(PlacementEntry.class);
  private final ActorRef<ShardHost.Command> host = KIT.spawn(ShardHost.create(surroundings()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private ShardHost.Surroundings surroundings() {
    ShardTable shards =
        new ShardTable(
            1,
            (shard, owner) ->
                ShardActor.create(
                    new Replica(
                        shard,
                        CHARTER,
                        SELF,
                        GridSettings.reference().engine().shard(),
                        new ReplicaMemory(MapsSettings.plain(), PageBudget.unlimited())),
                    owner,
                    System::nanoTime,
                    System::currentTimeMillis));
    return new ShardHost.Surroundings(
        SELF, shards, placed -> {}, taken.getRef()::tell, Duration.ofMillis(50));
  }

  private void place(PlacementEntry entry) {
    host.tell(new ShardHost.PlacedBy(new Placed(1, CHARTER, List.of(entry)), authority.getRef()));
    assertThat(authority.expectMessageClass(PlacementAuthority.PlacedAcknowledged.class).epoch())
        .isEqualTo(entry.epoch());
  }

  @Test
  void takesASeatWithTheYieldOfTheOneBefore() {
    place(ON_OTHER);
    place(ON_SELF);
    taken.expectNoMessage(Duration.ofMillis(100));
    host.tell(new ShardHost.YieldedBy(OTHER, new Yield(0, 1, 2, 0, OTHER)));
    assertThat(taken.receiveMessage()).isEqualTo(ON_SELF);
  }

  @Test
  void tellsTheAuthorityUntilItAnswersThatAWrittenShardCannotBeTaken() {
    place(ON_OTHER);
    place(ON_SELF);
    host.tell(new ShardHost.YieldedBy(OTHER, new Yield(0, 1, 2, 5, OTHER)));
    for (int repeat = 0; repeat < 3; repeat++) {
      var refusal = authority.expectMessageClass(PlacementAuthority.TakeRefused.class);
      assertThat(refusal.refusal()).isEqualTo(new CannotTake(0, 2, OTHER, 5));
    }
    taken.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void givesUpASeatWhoseHolderIsGoneAndNeverTakesItAfterwards() {
    place(ON_OTHER);
    place(ON_SELF);
    host.tell(new ShardHost.MemberGone(OTHER));
    var refusal = authority.expectMessageClass(PlacementAuthority.TakeRefused.class);
    assertThat(refusal.refusal()).isEqualTo(new CannotTake(0, 2, null, 0));
    host.tell(new ShardHost.YieldedBy(OTHER, new Yield(0, 1, 2, 0, OTHER)));
    taken.expectNoMessage(Duration.ofMillis(200));
  }

  @Test
  void listensToTheNewestAuthorityOnly() {
    host.tell(
        new ShardHost.PlacedBy(new Placed(2, CHARTER, List.of(ON_OTHER)), authority.getRef()));
    authority.expectMessageClass(PlacementAuthority.PlacedAcknowledged.class);
    host.tell(new ShardHost.PlacedBy(new Placed(1, CHARTER, List.of(ON_SELF)), authority.getRef()));
    authority.expectNoMessage(Duration.ofMillis(100));
  }
}
