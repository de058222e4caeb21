package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.OrderState;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.MoveStep;
import io.shardgrid.trace.RecordingTracer;
import io.shardgrid.trace.RecordingTracer.Recorded;
import io.shardgrid.trace.TraceContext;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The traces of moves and of orders. */
final class MoveTracesTest {

  private static final NodeId SOURCE = new NodeId("a", 1, 11);
  private static final NodeId TARGET = new NodeId("b", 1, 12);
  private static final int SHARD = 7;
  private static final long SEAT = 40;

  private final RecordingTracer tracer = new RecordingTracer();
  private final ClusterTraces cluster = new ClusterTraces(tracer.on(0), 99);
  private final MoveTraces traces =
      new MoveTraces(cluster, new AuthorityLog(LoggerFactory.getLogger(MoveTracesTest.class)));

  private void step(MigrationState was, MigrationState state) {
    traces.went(
        new MoveStep(
            SHARD, SEAT, MigrationKind.PRIMARY, SOURCE, TARGET, was, state, "too slow", 100));
  }

  @Test
  void isATraceWithASpanForEachState() {
    step(MigrationState.INIT, MigrationState.INIT);
    step(MigrationState.INIT, MigrationState.MIGRATING);
    step(MigrationState.MIGRATING, MigrationState.SYNCING);
    Recorded whole = tracer.span("move primary");
    assertThat(whole.context()).isEqualTo(cluster.ofMove(SHARD, SEAT, TARGET));
    assertThat(whole.ends()).isZero();
    assertThat(tracer.span("migrating").ends()).isEqualTo(1);
    assertThat(tracer.span("syncing").ends()).isZero();
    step(MigrationState.SYNCING, MigrationState.SWITCHING);
    step(MigrationState.SWITCHING, MigrationState.DONE);
    assertThat(tracer.names())
        .containsExactly("move primary", "init", "migrating", "syncing", "switching");
    assertThat(tracer.spans()).allSatisfy(span -> assertThat(span.ends()).isEqualTo(1));
    assertThat(tracer.spans().subList(1, 5))
        .allSatisfy(span -> assertThat(span.parent()).isEqualTo(whole.context()));
    assertThat(whole.said())
        .containsEntry("shardgrid.outcome", "done")
        .containsEntry("shardgrid.shard", 7L)
        .containsEntry("shardgrid.source", "a:1")
        .containsEntry("shardgrid.target", "b:1")
        .containsEntry("shardgrid.bytes", 100L)
        .doesNotContainKey("error.type");
  }

  @Test
  void saysWhyItWasGivenUpAndBeginsOnceMoreWithinTheSameTrace() {
    step(MigrationState.INIT, MigrationState.INIT);
    step(MigrationState.INIT, MigrationState.ABORTED);
    Recorded first = tracer.span("move primary");
    assertThat(first.said())
        .containsEntry("shardgrid.outcome", "aborted")
        .containsEntry("shardgrid.reason", "too slow")
        .containsEntry("error.type", "aborted");
    step(MigrationState.INIT, MigrationState.INIT);
    Recorded again = tracer.spans().get(2);
    assertThat(again.name()).isEqualTo("move primary");
    assertThat(again.parent()).isEqualTo(first.context());
    assertThat(again.context()).isNotEqualTo(first.context());
  }

  @Test
  void endsWithItsAuthority() {
    step(MigrationState.INIT, MigrationState.INIT);
    traces.end();
    step(MigrationState.INIT, MigrationState.MIGRATING);
    assertThat(tracer.names()).containsExactly("move primary", "init");
    assertThat(tracer.spans()).allSatisfy(span -> assertThat(span.ends()).isEqualTo(1));
  }

  @Test
  void isKnownToTheTargetByItsPlacement() {
    PlacementEntry entry = new PlacementEntry(SHARD, 60, 60, SEAT, TARGET, List.of(SOURCE, TARGET));
    assertThat(cluster.ofSwitch(entry, 60)).isEqualTo(cluster.ofMove(SHARD, SEAT, TARGET));
    assertThat(cluster.ofSwitch(entry, 61)).as("another seat").isNull();
    ShardMoves shard = new ShardMoves(cluster);
    shard.taken(entry);
    shard.placed(entry);
    shard.handedOver(60, 2_000_000);
    TraceContext move = cluster.ofMove(SHARD, SEAT, TARGET);
    assertThat(tracer.span("take seat").parent()).isEqualTo(move);
    assertThat(tracer.span("hand over").parent()).isEqualTo(move);
    assertThat(tracer.span("hand over").said()).containsEntry("shardgrid.pause_us", 2000L);
    PlacementEntry founded = new PlacementEntry(SHARD, 1, 1, 0, TARGET, List.of(TARGET));
    shard.taken(founded);
    assertThat(tracer.spans()).as("nobody had it before").hasSize(2);
  }

  @Test
  void isTheSameForOrders() {
    OrderTraces orders = new OrderTraces(cluster);
    ScaleOrder order = new ScaleOrder(3, 4, 3, "d", Instant.ofEpochSecond(1));
    orders.went(order, OrderState.GIVEN, OrderState.GIVEN, "");
    orders.went(order, OrderState.GIVEN, OrderState.DRAINING, "");
    orders.went(order, OrderState.DRAINING, OrderState.GIVEN_UP, "nobody answers");
    Recorded whole = tracer.span("scale in");
    assertThat(whole.context()).isEqualTo(cluster.ofOrder(order));
    assertThat(whole.said())
        .containsEntry("shardgrid.order", 3L)
        .containsEntry("shardgrid.node", "d")
        .containsEntry("shardgrid.outcome", "given_up")
        .containsEntry("shardgrid.reason", "nobody answers");
    assertThat(tracer.names()).containsExactly("scale in", "given", "draining");
    assertThat(tracer.spans()).allSatisfy(span -> assertThat(span.ends()).isEqualTo(1));
  }
}
