package io.shardgrid.actor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import io.shardgrid.trace.RecordingTracer;
import io.shardgrid.trace.RecordingTracer.Recorded;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Followed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowedWritesTest {

  private static final TraceContext CALLER = TraceContext.sampled(1, 2, 3);
  private static final NodeId PRIMARY = new NodeId("a", 1, 1);
  private static final byte[] KEY = {1};
  private static final int SHARD = 3;
  private static final long CLIENT = 7;
  private static final long SEAT = 5;
  private static final long EPOCH = 6;

  private final RecordingTracer tracer = new RecordingTracer();
  private final TraceSwitch traces = tracer.on(0);
  private final FollowedWrites primary = new FollowedWrites(traces);
  private final FollowedWrites backup = new FollowedWrites(traces);

  private static Operation put(long seq) {
    Request put = new Request.Put(KEY, KEY, Expiry.NEVER, Condition.ALWAYS, false);
    return new Operation("cities", SHARD, CLIENT, seq, 1, EPOCH, 0, 0, put).under(CALLER);
  }

  private FollowedSink carryOut(Operation operation) {
    AnswerSink open =
        FollowedSink.open(
            traces.tracing(), CALLER, operation, (asked, answer) -> {}, (asked, answer, n) -> {});
    FollowedSink sink = (FollowedSink) open;
    primary.carriedOut(operation, sink, System.nanoTime());
    return sink;
  }

  /** Writes 11, 12, .. of the operations 1, 2, .. */
  private static Append append(int writes) {
    List<LoggedWrite> logged = new ArrayList<>();
    for (int i = 1; i <= writes; i++) {
      logged.add(
          new LoggedWrite(
              10 + i,
              SEAT,
              0,
              new LoggedWrite.Origin(CLIENT, i, 1, 0, Answer.Done.INSTANCE),
              new Change.Put("cities", KEY, KEY, 0)));
    }
    return new Append(SHARD, SEAT, EPOCH, null, 10, logged, 10, true, 0, 0, 0, null);
  }

  private static ReplicaMessage acknowledged(long length) {
    return new AppendAck(SHARD, SEAT, length, false, length, 0);
  }

  @Test
  void followsAWriteFromItsShardToItsBackup() {
    FollowedSink sink = carryOut(put(2));
    Followed said = requireNonNull(primary.before(append(3)));
    assertThat(said.writes()).containsExactly(new ReplicaMessage.FollowedWrite(12, sink.context()));

    backup.expect(said);
    backup.received(PRIMARY, append(3));
    Recorded span = tracer.span("backup log");
    assertThat(span.parent()).isEqualTo(sink.context());
    backup.sent(acknowledged(11));
    assertThat(span.ends()).isZero();
    backup.sent(acknowledged(13));
    assertThat(span.ends()).isEqualTo(1);
    assertThat(span.said())
        .containsEntry("shardgrid.shard", 3L)
        .containsEntry("shardgrid.epoch", EPOCH)
        .containsEntry("shardgrid.sequence", 12L)
        .containsEntry("db.operation.name", "put")
        .containsEntry("db.collection.name", "cities")
        .containsEntry("shardgrid.outcome", "ok");
    backup.sent(acknowledged(13));
    assertThat(span.ends()).isEqualTo(1);
  }

  @Test
  void saysNothingOfWhatIsNotFollowedOrHasEnded() {
    assertThat(primary.before(append(3))).isNull();
    carryOut(put(2));
    assertThat(primary.before(append(1))).as("not among them").isNull();
    assertThat(primary.before(append(0))).as("a sign of life").isNull();
    assertThat(primary.before(acknowledged(3))).isNull();
    primary.ended(put(2));
    assertThat(primary.before(append(3))).isNull();
    backup.received(PRIMARY, append(3));
    assertThat(tracer.names()).containsExactly("shard put cities");
  }

  @Test
  void forgetsWhatNoMessageFollowedUpon() {
    carryOut(put(2));
    Followed said = requireNonNull(primary.before(append(3)));
    backup.expect(said);
    backup.received(PRIMARY, append(1));
    backup.received(PRIMARY, append(3));
    assertThat(tracer.names()).doesNotContain("backup log");
  }

  @Test
  void hasBounds() {
    for (int seq = 1; seq <= 1000; seq++) {
      carryOut(put(seq));
    }
    Followed said = requireNonNull(primary.before(append(1000)));
    assertThat(said.writes()).hasSize(ReplicaMessage.FOLLOWED_MAX);
  }

  @Test
  void endsTheSpanOfAShardWithWhatBecameOfIt() {
    Operation operation = put(1);
    carryOut(operation).answered(operation, new Answer.Later("full"));
    Recorded span = tracer.span("shard put cities");
    assertThat(span.parent()).isEqualTo(CALLER);
    assertThat(span.said())
        .containsEntry("shardgrid.outcome", "later")
        .containsKeys("shardgrid.wait_us", "shardgrid.turn_us");
    assertThat(span.ends()).isEqualTo(1);
  }

  @Test
  void recordsNothingWhereItIsOff() {
    TraceSwitch off = new TraceSwitch(TraceSettings.NOTHING_NEW);
    FollowedWrites elsewhere = new FollowedWrites(off);
    carryOut(put(2));
    Followed said = requireNonNull(primary.before(append(3)));
    elsewhere.expect(said);
    elsewhere.received(PRIMARY, append(3));
    elsewhere.sent(acknowledged(13));
    AnswerSink plain = (asked, answer) -> {};
    assertThat(FollowedSink.open(off.tracing(), CALLER, put(2), plain, (o, a, n) -> {}))
        .isSameAs(plain);
    assertThat(tracer.names()).containsExactly("shard put cities");
  }
}
