package io.shardgrid.placement;

import java.util.List;

/**
 * A member's answer to a survey. Immutable. It may be stale when it arrives: whoever is then asked
 * to take a shard that was written meanwhile answers with {@link CannotTake}.
 *
 * @param unwrittenSeats the seats that this member has taken of shards that were never written
 */
public record Survey(List<Long> unwrittenSeats) {

  public Survey {
    unwrittenSeats = List.copyOf(unwrittenSeats);
  }
}
