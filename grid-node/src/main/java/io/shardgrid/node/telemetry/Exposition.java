package io.shardgrid.node.telemetry;

/**
 * All meters as text. Immutable.
 *
 * @param contentType which form it has, for HTTP
 */
public record Exposition(String contentType, String text) {

  private static final String OPEN_METRICS = "application/openmetrics-text";
  static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  static final String PLAIN_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** The form for who accepts this: OpenMetrics if it is named, else that of Prometheus. */
  static String typeFor(String accepted) {
    return accepted.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : PLAIN_TYPE;
  }
}
