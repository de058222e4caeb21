package io.shardgrid.key;

/**
 * How long operations took within half a second, from arrival to answer. Immutable.
 *
 * @param middleNanos what half of them did not exceed; 0 if there were few
 * @param slowNanos what 99 of 100 did not exceed; 0 if there were few
 */
public record Latency(long middleNanos, long slowNanos) {

  /** Of too few operations to say something. */
  public static final Latency UNKNOWN = new Latency(0, 0);
}
