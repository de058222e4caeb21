package io.shardgrid.autoscale;

import java.time.Duration;
import java.time.Instant;

/**
 * A size that metrics asked for at a time, before any limit. Immutable.
 *
 * @param nodes the size
 */
public record Recommendation(int nodes, Instant at) {

  /** Whether less time than this has passed since. */
  boolean isYoungerThan(Duration window, Instant now) {
    return Duration.between(at, now).compareTo(window) < 0;
  }
}
