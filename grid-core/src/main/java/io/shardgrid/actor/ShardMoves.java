package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.shard.CopyState;
import io.shardgrid.shard.Survey;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceSpan;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shard's node adds to the traces of its moves: as source how the copy went and how long the
 * shard had no primary, as target when it took the seat. Confined to the turns of its {@link
 * ShardActor}.
 */
final class ShardMoves {

  private final ClusterTraces cluster;
  private final Map<NodeId, TraceSpan> copies = new HashMap<>(0);
  private @Nullable PlacementEntry placed;

  ShardMoves(ClusterTraces cluster) {
    this.cluster = cluster;
  }

  /** A copy to a learner has begun, or gone on. */
  void copyMoved(Survey source, Survey.Filling copy) {
    NodeId target = copy.target();
    TraceSpan span = copies.get(target);
    if (span == null) {
      span = begin(source, target);
    }
    if (span == null) {
      return;
    }
    span.event(copy.state().name().toLowerCase(Locale.ROOT));
    if (copy.state() == CopyState.DONE || copy.state() == CopyState.ABORTED) {
      copies.remove(target);
      span.put(SpanNames.BYTES, copy.bytesSent())
          .put(SpanNames.OUTCOME, copy.state().name().toLowerCase(Locale.ROOT))
          .end();
    }
  }

  private @Nullable TraceSpan begin(Survey source, NodeId target) {
    TraceSpan span =
        cluster.begin(
            cluster.ofMove(source.shard(), source.seat(), target), "send copy", source.shard());
    if (span != null) {
      copies.put(target, span.put(SpanNames.TARGET, target.address()));
    }
    return span;
  }

  /** A placement was learnt of. */
  void placed(PlacementEntry entry) {
    placed = entry;
  }

  /** This node has handed its seat over. */
  void handedOver(long seat, long pauseNanos) {
    PlacementEntry entry = placed;
    if (entry != null) {
      cluster.mark(
          cluster.ofSwitch(entry, seat),
          "hand over",
          entry.shard(),
          SpanNames.PAUSE,
          pauseNanos / 1000);
    }
  }

  /** This node acts in the entry's seat. */
  void taken(PlacementEntry entry) {
    cluster.mark(
        cluster.ofSwitch(entry, entry.seat()),
        "take seat",
        entry.shard(),
        SpanNames.EPOCH,
        entry.epoch());
  }
}
