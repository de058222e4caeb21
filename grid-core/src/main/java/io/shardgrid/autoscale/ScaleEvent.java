package io.shardgrid.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A change of the size. Immutable.
 *
 * @param change nodes added, or below 0 nodes removed
 */
public record ScaleEvent(int change, Instant at) {

  /** The sum of the changes since which less time than the period has passed. O(events). */
  public static long changeWithin(Duration period, List<ScaleEvent> events, Instant now) {
    long sum = 0;
    for (ScaleEvent event : events) {
      if (Duration.between(event.at(), now).compareTo(period) < 0) {
        sum += event.change();
      }
    }
    return sum;
  }
}
