package io.shardgrid.trace;

import org.jspecify.annotations.Nullable;

/**
 * Whether operations are followed now, and by what. Off at first; there is one in each node and
 * each client. Thread-safe: a volatile read is all that it costs while it is off.
 */
public final class TraceSwitch {

  private final TraceSettings settings;
  private volatile @Nullable Tracing tracing;

  /** Off. */
  public TraceSwitch(TraceSettings settings) {
    this.settings = settings;
  }

  /** How many are to be followed. */
  public TraceSettings settings() {
    return settings;
  }

  /** What decides and opens spans; null while nothing is followed. */
  public @Nullable Tracing tracing() {
    return tracing;
  }

  /** From now on operations are followed. */
  public void turnOn(Tracing by) {
    tracing = by;
  }

  /** From now on none is begun; spans that are open end as they would. */
  public void turnOff() {
    tracing = null;
  }
}
