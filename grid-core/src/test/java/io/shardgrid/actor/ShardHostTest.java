package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.GridSettings;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.MemberEchoes;
import io.shardgrid.shard.ReplicaCommons;
import io.shardgrid.shard.ReplicaMemory;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ShardHostTest {

  private static final ActorTestKit KIT = EngineKit.create();
  private static final Charter CHARTER = new Charter("c", 1, 0, 7);
  private static final NodeId OTHER = new NodeId("127.0.0.1", 1, 1);
  private static final NodeId SELF = new NodeId("127.0.0.1", 2, 2);
  private static final PlacementEntry ON_OTHER =
      new PlacementEntry(0, 1, 1, Epoch.NONE, OTHER, List.of(OTHER));
  private static final PlacementEntry ON_SELF =
      new PlacementEntry(0, 2, 2, Epoch.NONE, SELF, List.of(SELF));
  private static final EngineSettings ENGINE = GridSettings.reference().engine();

  private final TestProbe<PlacementAuthority.Command> authority =
      KIT.createTestProbe(PlacementAuthority.Command.class);

  private record SentTo(NodeId to, ReplicaMessage message) {}

  private final TestProbe<SentTo> sent = KIT.createTestProbe(SentTo.class);
  private final TestProbe<PlacementEntry> taken = KIT.createTestProbe(PlacementEntry.class);
  private final ActorRef<ShardHost.Command> host = KIT.spawn(ShardHost.create(surroundings()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private ShardHost.Surroundings surroundings() {
    ReplicaCommons commons =
        new ReplicaCommons(
            new ReplicaMemory(MapsSettings.plain(), PageBudget.unlimited()),
            new MemberEchoes(),
            new CopyPace(1 << 20));
    ShardSurroundings around =
        new ShardSurroundings(
            (to, message) -> sent.getRef().tell(new SentTo(to, message)),
            entry -> {},
            (shard, client, seq, answer) -> {},
            System::nanoTime,
            new TurnClock(System::currentTimeMillis, System::nanoTime),
            new ShardMeter(null, System::nanoTime),
            new NoRules(),
            null,
            new ClusterTraces(new TraceSwitch(TraceSettings.NOTHING_NEW), 0));
    ShardTable shards =
        new ShardTable(
            1,
            (operation, answer, nanos) -> {},
            new TraceSwitch(TraceSettings.NOTHING_NEW),
            (shard, owner, gate) ->
                ShardActor.create(
                    new ShardReplica(
                        shard, CHARTER, SELF, ENGINE.shard(), ENGINE.replication(), commons),
                    owner,
                    around,
                    gate));
    return new ShardHost.Surroundings(
        SELF,
        3,
        shards,
        new CopyPace(1 << 20),
        placed -> {},
        taken.getRef()::tell,
        surveys -> {},
        System::nanoTime,
        Duration.ofMillis(50));
  }

  private void place(PlacementEntry entry) {
    host.tell(new ShardHost.PlacedBy(new Placed(1, CHARTER, List.of(entry)), authority.getRef()));
    assertThat(authority.expectMessageClass(PlacementAuthority.PlacedAcknowledged.class).epoch())
        .isEqualTo(entry.epoch());
  }

  @Test
  void takesItsSeatsAndReportsThemAgainAndAgain() {
    place(ON_SELF);
    assertThat(taken.receiveMessage()).isEqualTo(ON_SELF);
    for (int repeat = 0; repeat < 3; repeat++) {
      var report = authority.expectMessageClass(PlacementAuthority.Reported.class).report();
      assertThat(report.seats()).singleElement().returns(ON_SELF.seat(), SeatReport::seat);
    }
  }

  @Test
  void reportsNoSeatThatIsOver() {
    place(ON_SELF);
    authority.expectMessageClass(PlacementAuthority.Reported.class);
    place(new PlacementEntry(0, 3, 3, 2, OTHER, List.of(OTHER)));
    var report = authority.expectMessageClass(PlacementAuthority.Reported.class).report();
    assertThat(report.seats()).isEmpty();
  }

  @Test
  void tellsItsWeightAndWhatItWasToldOfAPause() {
    place(ON_OTHER);
    var first = authority.expectMessageClass(PlacementAuthority.Reported.class).report().own();
    assertThat(first).isEqualTo(new NodeReport.Own(SELF, 3, PauseMark.NONE, 1 << 20));
    host.tell(new ShardHost.RememberPause(new PauseMark(9, true)));
    host.tell(new ShardHost.RememberPause(new PauseMark(8, false)));
    host.tell(new ShardHost.Weigh(0));
    var second = authority.expectMessageClass(PlacementAuthority.Reported.class).report().own();
    assertThat(second).isEqualTo(new NodeReport.Own(SELF, 0, new PauseMark(9, true), 1 << 20));
  }

  @Test
  void fillsALearnerWhenItIsAskedTo() {
    place(ON_SELF);
    authority.expectMessageClass(PlacementAuthority.Reported.class);
    host.tell(new ShardHost.CopyTo(0, ON_SELF.seat() + 1, OTHER));
    host.tell(new ShardHost.CopyTo(0, ON_SELF.seat(), OTHER));
    SentTo first = sent.receiveMessage();
    assertThat(first.to()).isEqualTo(OTHER);
    assertThat(first.message()).isInstanceOf(ReplicaMessage.Copy.class);
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
