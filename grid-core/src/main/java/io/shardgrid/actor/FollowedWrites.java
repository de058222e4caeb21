package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.trace.Tracing;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Followed;
import io.shardgrid.wire.replica.ReplicaMessage.FollowedWrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a shard that are followed from its primary to a backup: as primary it tells backups
 * which these are, just before it sends them; as backup it opens a span for each, from its arrival
 * to its acknowledgement. The replica itself knows nothing of that, and nothing depends on it.
 *
 * <p>Confined to the turns of its {@link ShardActor}. Bounded: what is beyond is not followed
 * further.
 */
final class FollowedWrites {

  private static final int UNDER_WAY_MAX = ReplicaMessage.FOLLOWED_MAX;

  private final TraceSwitch traces;
  private final Deque<UnderWay> underWay = new ArrayDeque<>(0);
  private final Deque<Logged> logged = new ArrayDeque<>(0);
  private @Nullable Followed expected;

  /** As primary: a write without an answer. */
  private record UnderWay(long client, long seq, TraceContext trace) {}

  /** As backup: a write without an acknowledgement. */
  private record Logged(long seq, TraceSpan span) {}

  FollowedWrites(TraceSwitch traces) {
    this.traces = traces;
  }

  /** An operation is carried out in a turn that began then. */
  void carriedOut(Operation operation, FollowedSink sink, long nowNanos) {
    sink.turnBegins(nowNanos);
    if (operation.request().kind().isWrite() && underWay.size() < UNDER_WAY_MAX) {
      underWay.add(new UnderWay(operation.client(), operation.seq(), sink.context()));
    }
  }

  /** An operation was answered, or will not be. */
  void ended(Operation operation) {
    underWay.removeIf(one -> one.client() == operation.client() && one.seq() == operation.seq());
  }

  /** What a backup has to hear before this message; null if nothing. */
  @Nullable Followed before(ReplicaMessage message) {
    if (underWay.isEmpty() || !(message instanceof Append append) || append.writes().isEmpty()) {
      return null;
    }
    List<FollowedWrite> found = new ArrayList<>(0);
    for (LoggedWrite write : append.writes()) {
      TraceContext trace = write.origin() == null ? null : traceOf(write.origin());
      if (trace != null && found.size() < ReplicaMessage.FOLLOWED_MAX) {
        found.add(new FollowedWrite(write.seq(), trace));
      }
    }
    return found.isEmpty() ? null : new Followed(append.shard(), append.seat(), found);
  }

  private @Nullable TraceContext traceOf(LoggedWrite.Origin origin) {
    for (UnderWay one : underWay) {
      if (one.seq() == origin.seq() && one.client() == origin.client()) {
        return one.trace();
      }
    }
    return null;
  }

  /** Some writes of the next message are followed. */
  void expect(Followed followed) {
    expected = followed;
  }

  /** A message has come, to be taken in this turn. */
  void received(NodeId from, ReplicaMessage message) {
    Followed known = expected;
    if (known == null || !(message instanceof Append append)) {
      return;
    }
    expected = null;
    Tracing tracing = traces.tracing();
    if (tracing != null && known.seat() == append.seat()) {
      known.writes().forEach(write -> open(tracing, from, append, write));
    }
  }

  private void open(Tracing tracing, NodeId from, Append append, FollowedWrite write) {
    long place = write.seq() - append.base() - 1;
    boolean isThere = place >= 0 && place < append.writes().size();
    TraceSpan span =
        isThere && logged.size() < UNDER_WAY_MAX
            ? tracing.below(write.trace(), SpanKind.SERVER, "backup", "log")
            : null;
    if (span == null) {
      return;
    }
    Change change = append.writes().get((int) place).change();
    span.put(SpanNames.SYSTEM, SpanNames.SHARDGRID)
        .put(SpanNames.OPERATION, change.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .put(SpanNames.SHARD, append.shard())
        .put(SpanNames.EPOCH, append.epoch())
        .put(SpanNames.SEQUENCE, write.seq())
        .put(SpanNames.NODE, from.address());
    String map = mapOf(change);
    if (map != null) {
      span.put(SpanNames.MAP, map);
    }
    logged.add(new Logged(write.seq(), span));
  }

  private static @Nullable String mapOf(Change change) {
    if (change instanceof Change.Put put) {
      return put.map();
    } else if (change instanceof Change.Remove remove) {
      return remove.map();
    } else if (change instanceof Change.Expire expire) {
      return expire.map();
    } else if (change instanceof Change.Clear clear) {
      return clear.map();
    } else if (change instanceof Change.Batch batch && !batch.changes().isEmpty()) {
      return mapOf(batch.changes().get(0));
    }
    return null;
  }

  /** A message leaves: an acknowledgement ends the writes that it covers. */
  void sent(ReplicaMessage message) {
    if (logged.isEmpty()) {
      return;
    }
    if (message instanceof AppendAck ack) {
      logged.removeIf(
          one -> {
            boolean isCovered = one.seq() <= ack.length();
            if (isCovered) {
              one.span().put(SpanNames.OUTCOME, "ok").end();
            }
            return isCovered;
          });
    } else if (message instanceof ReplicaMessage.Nack) {
      logged.forEach(one -> one.span().put(SpanNames.OUTCOME, "refused").end());
      logged.clear();
    }
  }
}
