package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.DecisionReport;
import io.shardgrid.autoscale.LoadReport;
import io.shardgrid.autoscale.MetricSpec;
import io.shardgrid.autoscale.OrderState;
import io.shardgrid.autoscale.ScaleHistory;
import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.autoscale.ScaleReason;
import io.shardgrid.autoscale.ScaleState;
import io.shardgrid.autoscale.SizeLimit;
import io.shardgrid.autoscale.SizeVerdict;
import io.shardgrid.key.Charter;
import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.Latency;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.SteerReport;
import io.shardgrid.member.Hearing;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.Memo;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.placement.RegisterMessage;
import io.shardgrid.placement.ShardUnrest;
import io.shardgrid.shard.CopyEnd;
import io.shardgrid.shard.CopyState;
import io.shardgrid.shard.Survey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every message between members comes back from its bytes as it was. */
final class ControlMessageSerializationTest {

  private static final Config ENGINE =
      ConfigFactory.parseResources("io/shardgrid/actor/engine.conf")
          .withFallback(ConfigFactory.defaultReference());

  /* By name: for one without, the kit initializes whatever classes stand on the stack. */
  static final ActorTestKit KIT =
      ActorTestKit.create(
          "control-messages",
          ConfigFactory.parseString("pekko.actor.provider = local").withFallback(ENGINE).resolve());

  private static final NodeId A = new NodeId("127.0.0.1", 10171, -42);
  private static final NodeId B = new NodeId("host-b", 10172, 7);
  private static final Charter CHARTER = new Charter("c", 256, 0, Long.MIN_VALUE);
  private static final List<PlacementEntry> ENTRIES =
      List.of(
          new PlacementEntry(0, 5, 4, 3, A, List.of(A, B)),
          new PlacementEntry(255, 6, 6, 5, null, List.of()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static final Map<String, String> MAPS = Map.of("*", "eviction none");

  private static <T> ActorRef<T> ref(Class<T> type) {
    return KIT.createTestProbe(type).getRef();
  }

  private static MigrationReport migrations() {
    MigrationReport.Move move =
        new MigrationReport.Move(
            1,
            MigrationKind.BACKUP,
            null,
            B,
            MigrationState.ABORTED,
            "why",
            1,
            2,
            3,
            MigrationReport.UNKNOWN,
            5,
            6,
            DigestVerdict.DIFFERED);
    return new MigrationReport(
        true,
        new MigrationReport.Totals(1, 2, 3, 4, 5, 6, 7, 8),
        List.of(move),
        List.of(new MigrationReport.MemberPace(A, 9)));
  }

  static List<ControlMessage> messages() {
    return Stream.of(
            clusterMessages(),
            placementMessages(),
            steeringMessages(),
            autoscaleMessages(),
            SightMessages.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ControlMessage> autoscaleMessages() {
    ActorRef<Autoscaler.Command> autoscaler = ref(Autoscaler.Command.class);
    Instant now = Instant.parse("2026-11-29T21:00:00.123456Z");
    ScaleOrder order = new ScaleOrder(7, 3, 5, "", now);
    ScaleNote note = new ScaleNote(now, "2 nodes are to come");
    ScaleHistory history = ScaleHistory.startingWith(3, now).scaled(3, 5, now);
    return List.of(
        new PlacementAuthority.Consult(1L << 33, null, ref(PlacementAuthority.Consulted.class)),
        new PlacementAuthority.Consult(1L << 33, "text", ref(PlacementAuthority.Consulted.class)),
        new PlacementAuthority.Consulted(null, false, null),
        new PlacementAuthority.Consulted(
            new Memo(1L << 33, "text"), true, new ShardUnrest(true, 4, 5)),
        new StateText.Kept(new ScaleState(-5, 7, history, order, List.of(note))),
        new StateText.Kept(ScaleState.NONE),
        new Autoscaler.Reported(
            new LoadReport(
                A,
                5,
                -1,
                new LoadReport.Bytes(1L << 40, 2, 3),
                new LoadReport.Work(0.5, 1e9, 7),
                Map.of("jobs", Double.NEGATIVE_INFINITY),
                new LoadReport.Means(true, "local", Actuator.Leaver.HIGHEST_ORDINAL))),
        new Autoscaler.Provided(7, Autoscaler.Result.FAILED, "not now"),
        new Autoscaler.Drained(7, true, "left=0"),
        new Autoscaler.AskReport(5, ref(Autoscaler.Told.class)),
        new Autoscaler.Told(report(List.of(decision(now, List.of(input(now)))))),
        new Steward.CarryOut(order, autoscaler),
        new Steward.Drain(7, autoscaler),
        new Steward.End(7));
  }

  private static DecisionReport decision(Instant now, List<DecisionReport.Input> inputs) {
    return new DecisionReport(
        now,
        now,
        2,
        3,
        -1,
        "c",
        SizeVerdict.Basis.PARTLY_READ,
        2,
        2,
        3,
        SizeLimit.RATE_DOWN,
        List.of(
            new DecisionReport.Metric("cpu", MetricSpec.Kind.UTILIZATION, 70, -1, -1, "missing")),
        List.of(new ScaleReason(ScaleReason.Cause.RATE, "slower")),
        inputs);
  }

  private static DecisionReport.Input input(Instant now) {
    return new DecisionReport.Input(
        "a",
        "z",
        Standing.UP,
        now,
        1,
        2,
        3,
        List.of(new DecisionReport.Value("cpu", Double.NaN, 1, now)));
  }

  private static AutoscaleReport report(List<DecisionReport> decisions) {
    Instant now = Instant.parse("2026-11-29T21:00:00.123456Z");
    return new AutoscaleReport(
        A,
        AutoscaleMode.ACT,
        true,
        1,
        10,
        3,
        new AutoscaleReport.Order(new ScaleOrder(7, 3, 5, "", now), OrderState.COMING, "wait"),
        new AutoscaleReport.Made(9, 8, 7),
        decisions,
        List.of(new ScaleNote(now, "2 nodes are to come")));
  }

  private static List<ControlMessage> steeringMessages() {
    return List.of(
        new PlacementAuthority.Steer(
            MigrationOrder.CANCEL, List.of(4), ref(PlacementAuthority.Steered.class)),
        new PlacementAuthority.Steered(null),
        new PlacementAuthority.Steered(new SteerReport(List.of(1), List.of(2), migrations())),
        new PlacementAuthority.AskPlan(
            List.of(new PlanReport.Weighing(A, 0)), ref(PlacementAuthority.Planned.class)),
        new PlacementAuthority.Planned(null),
        new PlacementAuthority.Planned(
            new PlanReport(
                List.of(
                    new PlanReport.PlannedMove(3, MigrationKind.REPAIR, null, B, true, 7),
                    new PlanReport.PlannedMove(4, MigrationKind.PRIMARY, A, B, false, 0)))),
        new ShardHost.CancelCopy(9, B),
        new ShardHost.RememberPause(new PauseMark(1L << 33, true)),
        new ShardHost.AskDigests(List.of(1, 2), ref(Verification.Digests.class)),
        new Verification.Digests(
            A, List.of(new Verification.ShardDigest(1, Survey.Role.BACKUP, 2, 3, 4, 5, 6))));
  }

  private static List<ControlMessage> clusterMessages() {
    ActorRef<PlacementAuthority.Command> authority = ref(PlacementAuthority.Command.class);
    return List.of(
        new Greeter.Greet("127.0.0.1:1", "c", 256, 0, 5L, MAPS, null, ref(Greeter.Greeting.class)),
        new Greeter.Greet(
            "127.0.0.1:1",
            "c",
            256,
            0,
            null,
            MAPS,
            new Introduction.Claim("0a", "0b", "0c"),
            ref(Greeter.Greeting.class)),
        new Greeter.Greeting("127.0.0.1:1", CHARTER, "an objection", "0b", "0d"),
        new Greeter.Greeting("127.0.0.1:1", null, null, null, null),
        new RegisterActor.Prepare(new RegisterMessage.Prepare(3, -9), authority),
        new RegisterActor.Accept(
            new RegisterMessage.Accept(3, -9, 1, CHARTER, ENTRIES, Memo.NONE), authority),
        new PlacementAuthority.Promised(
            A, new RegisterMessage.Promise(3, -9, null, List.of(), Memo.NONE)),
        new PlacementAuthority.Promised(
            A, new RegisterMessage.Promise(3, -9, CHARTER, ENTRIES, Memo.NONE)),
        new PlacementAuthority.AcceptedBy(A, new RegisterMessage.Accepted(3, -9, 1)),
        new PlacementAuthority.RefusedBy(A, new RegisterMessage.Refused(3, -9, 4)));
  }

  private static List<ControlMessage> placementMessages() {
    ActorRef<PlacementAuthority.Command> authority = ref(PlacementAuthority.Command.class);
    return List.of(
        new PlacementAuthority.PlacedAcknowledged(A, 3, Long.MAX_VALUE),
        new PlacementAuthority.Requested(List.of(new InSyncRequest(9, 5, B, true))),
        new PlacementAuthority.Reported(
            new NodeReport(
                new NodeReport.Own(A, 1, new PauseMark(1L << 33, true), 1 << 20),
                List.of(
                    new NodeReport.SeatReport(
                        9,
                        1L << 40,
                        3,
                        List.of(
                            new NodeReport.CopyReport(
                                B, CopyState.SYNCING, 7, DigestVerdict.MATCHED, CopyEnd.NONE)))),
                List.of(new NodeReport.Handover(3, 1L << 33, 5)))),
        new PlacementAuthority.Suspected(A, B),
        new PeerWatch.Ping(A, Long.MIN_VALUE, new Hearing(Set.of(A), Set.of(B), B)),
        new PeerWatch.Ping(A, 1, new Hearing(Set.of(), Set.of(), null)),
        new PeerWatch.Echo(B, 5),
        new PlacementAuthority.Departing(B, ref(PlacementAuthority.Farewell.class)),
        new PlacementAuthority.Farewell(true),
        new ShardHost.PlacedBy(new Placed(3, CHARTER, ENTRIES), authority),
        new ShardHost.CopyTo(9, 1L << 33, B),
        new ShardHost.AskLoad(ref(ShardHost.Load.class)),
        new ShardHost.Load(
            A,
            1,
            85,
            80,
            1,
            1L << 40,
            2,
            4,
            3,
            1L << 41,
            new Latency(1L << 33, 1L << 34),
            5,
            List.of(new ShardHost.StaleCopy(1, 1L << 33, 7))),
        new PlacementAuthority.AcceptLoss(
            List.of(new PlacementAuthority.Heir(7, A)), ref(PlacementAuthority.LossAccepted.class)),
        new PlacementAuthority.LossAccepted(List.of(7)),
        new ShardSeat.Announced(ENTRIES.get(0)),
        new ShardSeat.Locate(ref(ShardSeat.Located.class)),
        new ShardSeat.Leave(),
        new ShardSeat.Located(ENTRIES.get(1), false),
        new ShardSeat.Located(null, true));
  }

  @Test
  void keepsEveryMessage() {
    for (ControlMessage message : messages()) {
      KIT.serializationTestKit().verifySerialization(message, true);
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void refusesWhatLacksAComponent() throws Exception {
    ControlMessage message = new PlacementAuthority.LossAccepted(null);
    Serializer serializer =
        SerializationExtension.get(KIT.system()).serializerFor(message.getClass());
    byte[] bytes = serializer.toBinary(message);
    assertThatThrownBy(() -> serializer.fromBinary(bytes, message.getClass()))
        .isInstanceOf(InvalidNullException.class);
  }

  @Test
  void keepsTheHeaviestReportOfAnAutoscalerBelowTheFrameSize() {
    Random random = new Random(1);
    List<DecisionReport.Input> inputs = new ArrayList<>();
    for (int node = 0; node < AutoscaleReport.WEIGHT_MAX / 3; node++) {
      Instant at = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      inputs.add(
          new DecisionReport.Input(
              "node-" + node,
              "zone",
              Standing.UP,
              at,
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              List.of(
                  new DecisionReport.Value("cpu", random.nextDouble(), 1, at),
                  new DecisionReport.Value("memory", random.nextDouble(), 1e9, at.plusNanos(1)))));
    }
    int bytes =
        SerializationExtension.get(KIT.system())
            .serialize(new Autoscaler.Told(report(List.of(decision(Instant.EPOCH, inputs)))))
            .get()
            .length;
    long frame = ENGINE.resolve().getBytes("pekko.remote.artery.advanced.maximum-frame-size");
    assertThat((long) bytes).isLessThan(frame * 9 / 10);
  }

  @Test
  void knowsEveryMessage() {
    Set<String> tested =
        messages().stream().map(m -> m.getClass().getName()).collect(Collectors.toSet());
    Set<String> all =
        new ClassFileImporter()
            .importPackages("io.shardgrid.actor").stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(ControlMessage.class))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    assertThat(tested).isEqualTo(all);
  }
}
