package io.shardgrid.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What callers saw of keys that are only written, with values that are never written twice, and
 * read; and whose entries may vanish: when their time is over, or to make room for others. One that
 * has vanished stays so until the next write.
 */
final class SimValues {

  private static final long NEVER = Long.MAX_VALUE;

  private final Simulation simulation;
  private final Map<Place, List<Seen>> histories = new LinkedHashMap<>();

  private record Place(String map, int shard, String key) {}

  /** One write or read. */
  static final class Seen {
    private final boolean isWrite;
    private @Nullable String value;
    private final long ttlMillis;
    private final long begunNanos;
    private final long begunWallMin;
    private long endedNanos = NEVER;
    private long endedWallMax = NEVER;
    private boolean isNothingDone;

    private Seen(boolean isWrite, @Nullable String value, long ttlMillis, Simulation simulation) {
      this.isWrite = isWrite;
      this.value = value;
      this.ttlMillis = ttlMillis;
      this.begunNanos = simulation.time.nowNanos();
      this.begunWallMin = simulation.wallMin();
    }

    private boolean isDone() {
      return endedNanos != NEVER;
    }

    /** Whether it ended before the other began. */
    private boolean isBefore(Seen other) {
      return endedNanos < other.begunNanos;
    }

    @Override
    public String toString() {
      return "%s %s ttl %d, %.3f..%.3f"
          .formatted(isWrite ? "put" : "get", value, ttlMillis, begunNanos / 1e6, endedNanos / 1e6);
    }
  }

  SimValues(Simulation simulation) {
    this.simulation = simulation;
  }

  /** A write that is asked for; {@code ttlMillis} is 0 for an entry without a deadline. */
  Seen writing(String map, int shard, String key, String value, long ttlMillis) {
    return add(map, shard, key, new Seen(true, value, ttlMillis, simulation));
  }

  Seen reading(String map, int shard, String key) {
    return add(map, shard, key, new Seen(false, null, 0, simulation));
  }

  private Seen add(String map, int shard, String key, Seen seen) {
    histories.computeIfAbsent(new Place(map, shard, key), any -> new ArrayList<>()).add(seen);
    return seen;
  }

  void done(Seen seen) {
    seen.endedNanos = simulation.time.nowNanos();
    seen.endedWallMax = simulation.wallMax();
  }

  void saw(Seen read, @Nullable String value) {
    read.value = value;
    done(read);
  }

  static void nothingDone(Seen seen) {
    seen.isNothingDone = true;
  }

  /** I7: every read shows what was written last, or that it has vanished if it may have. */
  void check(IntPredicate isLost) {
    histories.forEach(
        (place, all) -> {
          if (!isLost.test(place.shard())) {
            check(place, all);
          }
        });
  }

  private static void check(Place place, List<Seen> all) {
    Map<String, Seen> writes = new HashMap<>();
    List<Seen> reads = new ArrayList<>();
    for (Seen seen : all) {
      if (seen.isWrite && !seen.isNothingDone) {
        writes.put(String.valueOf(seen.value), seen);
      } else if (!seen.isWrite && seen.isDone()) {
        reads.add(seen);
      }
    }
    for (Seen read : reads) {
      if (read.value == null) {
        checkAbsence(place, read, writes.values());
      } else {
        Seen write = writes.get(read.value);
        if (write == null) {
          throw new SimViolation("I7 a value nobody wrote: " + place + ", " + read);
        }
        checkPresence(place, read, write, writes, reads);
      }
    }
  }

  private static void checkPresence(
      Place place, Seen read, Seen write, Map<String, Seen> writes, List<Seen> reads) {
    boolean isExpired =
        write.ttlMillis > 0
            && write.isDone()
            && read.begunWallMin >= write.endedWallMax + write.ttlMillis;
    require(!isExpired, "after its time", place, read);
    for (Seen other : writes.values()) {
      require(!(write.isBefore(other) && other.isBefore(read)), "overwritten", place, read);
    }
    for (Seen earlier : reads) {
      if (earlier.isBefore(read) && earlier.value == null) {
        require(!write.isBefore(earlier), "come back", place, read);
      } else if (earlier.isBefore(read)) {
        Seen shown = writes.get(earlier.value);
        require(shown == null || !write.isBefore(shown), "older than was shown", place, read);
      }
    }
  }

  /** Some write that may have been the last one must have had its time. */
  private static void checkAbsence(Place place, Seen read, Iterable<Seen> writes) {
    boolean isWritten = false;
    boolean mayHaveVanished = place.map().equals(SimFadingCalls.BOUNDED);
    long latestBegun = Long.MIN_VALUE;
    for (Seen write : writes) {
      if (write.isBefore(read)) {
        isWritten = true;
        latestBegun = Math.max(latestBegun, write.begunNanos);
      }
    }
    for (Seen write : writes) {
      boolean mayBeLast = write.begunNanos <= read.endedNanos && write.endedNanos >= latestBegun;
      boolean isOver =
          write.ttlMillis > 0 && read.endedWallMax >= write.begunWallMin + write.ttlMillis;
      mayHaveVanished |= mayBeLast && isOver;
    }
    require(!isWritten || mayHaveVanished, "vanished", place, read);
  }

  private static void require(boolean holds, String what, Place place, Seen read) {
    if (!holds) {
      throw new SimViolation("I7 a value is " + what + ": " + place + ", " + read);
    }
  }
}
