package io.shardgrid.traces;

import io.shardgrid.trace.TraceContext;

/**
 * Where OpenTelemetry's numbers of traces and spans come from, if that can be told which ones to
 * use. Thread-safe.
 */
public interface RootIds {

  /**
   * Opens one span; those numbers are the ones of the span that this thread begins meanwhile.
   *
   * @param open begins one span without a parent
   */
  void beginAs(TraceContext self, Runnable open);
}
