package io.shardgrid.client.mirror;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which keys have writes under way, on either side, and whether a watched key was written
 * meanwhile. Thread-safe; holds what is under way or watched, and nothing else.
 *
 * <p>A write begins here before production is asked and ends when both sides have ended: so if a
 * watch sees no write from its beginning to its end, what was read of the key in between was
 * changed by nobody who asks through this mirror.
 */
final class WritesUnderWay {

  private final Map<KeyRef, Traffic> keys = new ConcurrentHashMap<>();
  private final AtomicLong wholeBegun = new AtomicLong();
  private final AtomicLong wholeEnded = new AtomicLong();

  /** Immutable. */
  private record Traffic(int writes, int watches, long begun) {
    @Nullable Traffic orNone() {
      return writes == 0 && watches == 0 ? null : this;
    }
  }

  /** A write begins. */
  void begin(KeyRef key) {
    keys.merge(
        key,
        new Traffic(1, 0, 1),
        (known, first) -> new Traffic(known.writes + 1, known.watches, known.begun + 1));
  }

  /** A write has ended on both sides. */
  void end(KeyRef key) {
    keys.computeIfPresent(
        key, (any, known) -> new Traffic(known.writes - 1, known.watches, known.begun).orNone());
  }

  /** Whether a write is under way, besides one's own if there is one. */
  boolean isWrittenBeside(KeyRef key, boolean hasOwn) {
    Traffic known = keys.get(key);
    return known != null && known.writes > (hasOwn ? 1 : 0);
  }

  /** A write of any number of keys begins. */
  void beginAll() {
    wholeBegun.incrementAndGet();
  }

  /** It has ended on both sides. */
  void endAll() {
    wholeEnded.incrementAndGet();
  }

  /** Watches a key until {@link #leave}; -1 if it has writes under way, and is not watched then. */
  long watch(KeyRef key) {
    long whole = wholeEnded.get();
    if (whole != wholeBegun.get()) {
      return -1;
    }
    long[] begun = {-1};
    keys.compute(
        key,
        (any, known) -> {
          Traffic traffic = known == null ? new Traffic(0, 0, 0) : known;
          if (traffic.writes > 0) {
            return traffic;
          }
          begun[0] = traffic.begun + whole;
          return new Traffic(0, traffic.watches + 1, traffic.begun);
        });
    return begun[0];
  }

  /** Ends a watch; whether no write began since {@link #watch} returned this. */
  boolean leave(KeyRef key, long begun) {
    boolean[] isQuiet = {false};
    keys.computeIfPresent(
        key,
        (any, known) -> {
          isQuiet[0] = known.begun + wholeBegun.get() == begun;
          return new Traffic(known.writes, known.watches - 1, known.begun).orNone();
        });
    return isQuiet[0];
  }

  int size() {
    return keys.size();
  }
}
