package io.shardgrid.trace;

/** How a span stands to others, as OpenTelemetry means it. */
public enum SpanKind {
  /** Part of what one process does. */
  INTERNAL,
  /** Asks another process. */
  CLIENT,
  /** Does what another process asks for. */
  SERVER
}
