package io.shardgrid.actor;

import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * The traces of what a cluster does by itself. Their numbers follow from what they are about, so
 * that every node that takes part adds its spans without being told. Thread-safe.
 *
 * @param salt keeps the traces of clusters apart
 */
record ClusterTraces(TraceSwitch traces, long salt) {

  static ClusterTraces of(TraceSwitch traces, Charter charter) {
    return new ClusterTraces(traces, charter.hashSeed());
  }

  /**
   * The move of a shard to a node.
   *
   * @param seat of the primary from which it began
   */
  TraceContext ofMove(int shard, long seat, NodeId target) {
    return TraceContext.derived(salt, "move " + shard, seat, target.uid());
  }

  /**
   * The move that ended with this placement; null if its seat follows no other.
   *
   * @param seat that of the entry, if it is the one that is meant
   */
  @Nullable TraceContext ofSwitch(PlacementEntry entry, long seat) {
    NodeId primary = entry.primary();
    boolean isIt = primary != null && entry.seat() == seat && entry.prevSeat() != Epoch.NONE;
    return isIt && primary != null ? ofMove(entry.shard(), entry.prevSeat(), primary) : null;
  }

  /** The carrying out of an order of the autoscaler. */
  TraceContext ofOrder(ScaleOrder order) {
    return TraceContext.derived(salt, "order", order.number(), order.at().toEpochMilli());
  }

  /** What was advised, and not done. */
  TraceContext ofAdvice(ScaleNote note) {
    return TraceContext.derived(salt, note.text(), 0, note.at().toEpochMilli());
  }

  /** Opens a span that one node adds about a shard. */
  @Nullable TraceSpan begin(TraceContext of, String name, int shard) {
    Tracing tracing = traces.tracing();
    TraceSpan span = tracing == null ? null : tracing.below(of, SpanKind.INTERNAL, name, "");
    return span == null ? null : span.put(SpanNames.SHARD, shard);
  }

  /** The same of something that is over, and was brief. */
  void mark(@Nullable TraceContext of, String name, int shard, String about, long value) {
    TraceSpan span = of == null ? null : begin(of, name, shard);
    if (span != null) {
      span.put(about, value).end();
    }
  }
}
