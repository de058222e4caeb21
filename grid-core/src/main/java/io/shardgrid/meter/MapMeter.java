package io.shardgrid.meter;

import io.shardgrid.wire.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One map that has meters of its own on this node, or all those that have none. Thread-safe; never
 * forgotten, so that counts do not fall when the map's shards move away.
 */
public final class MapMeter {

  private final int index;
  private final String name;
  private final Buckets buckets;
  private final Map<Request.Kind, StripedHistogram> times = new ConcurrentHashMap<>();

  MapMeter(int index, String name, Buckets buckets) {
    this.index = index;
    this.name = name;
    this.buckets = buckets;
  }

  /** Its place among those that have meters. */
  int index() {
    return index;
  }

  /** The name of the map, as a label. */
  public String name() {
    return name;
  }

  /** An operation took so long. */
  void took(Request.Kind kind, long nanos) {
    StripedHistogram known = times.get(kind);
    if (known == null) {
      known = times.computeIfAbsent(kind, any -> new StripedHistogram(buckets));
    }
    known.add(nanos);
  }

  /** How long operations of a kind took, those that were timed; null if none was. */
  public @Nullable HistogramCounts times(Request.Kind kind) {
    StripedHistogram known = times.get(kind);
    return known == null ? null : known.counts();
  }
}
