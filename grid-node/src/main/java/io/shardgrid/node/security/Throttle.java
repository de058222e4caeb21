package io.shardgrid.node.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: each failure of a key doubles the pause before its next attempt
 * is looked at. Pure: time is handed in. Thread-safe, by its lock.
 *
 * <p>Attempts of a key that come at once are given one pause after the other, so that many
 * connections guess no faster than one.
 */
final class Throttle {

  /*
   * A table of fixed size, indexed by a keyed hash of the source or the user. Keys that share a
   * place share its pauses, which hurts nobody much; in turn nobody can make the table grow, or push
   * another one's failures out of it with names that he makes up.
   */

  /** What {@link #reserve} answers when no attempt of the key may wait any more. */
  static final long REFUSED = -1;

  private static final int PLACES = 1 << 14;
  private static final int DOUBLINGS_MAX = 30;

  private static final class Place {
    int failures;
    long freeNanos;
    long lastNanos;
  }

  private final @Nullable Place[] places = new @Nullable Place[PLACES];
  private final long firstNanos;
  private final long mostNanos;
  private final long forgetNanos;
  private final boolean isPatient;
  private final int seed;

  /**
   * A table without failures.
   *
   * @param first pause after the first failure; doubles with each
   * @param most longest pause
   * @param forget failures are forgotten after this time without another one
   * @param isPatient whether attempts share the longest pause instead of being refused
   * @param seed any, not known outside
   */
  Throttle(Duration first, Duration most, Duration forget, boolean isPatient, int seed) {
    this.firstNanos = first.toNanos();
    this.mostNanos = most.toNanos();
    this.forgetNanos = forget.toNanos();
    this.isPatient = isPatient;
    this.seed = seed;
  }

  /** How long an attempt has to wait before it is looked at, or {@link #REFUSED}. */
  synchronized long reserve(String key, long nowNanos) {
    Place place = places[placeOf(key)];
    if (place == null || isForgotten(place, nowNanos)) {
      return 0;
    }
    long wait = Math.max(0, place.freeNanos - nowNanos);
    if (wait > mostNanos) {
      if (!isPatient) {
        return REFUSED;
      }
      return mostNanos;
    }
    place.freeNanos = nowNanos + wait + pauseNanos(place.failures);
    return wait;
  }

  /** An attempt has failed; how long its answer is to be held back. */
  synchronized long failed(String key, long nowNanos) {
    int number = placeOf(key);
    Place place = places[number];
    if (place == null) {
      place = new Place();
      place.freeNanos = nowNanos;
      places[number] = place;
    } else if (isForgotten(place, nowNanos)) {
      place.failures = 0;
      place.freeNanos = nowNanos;
    }
    place.failures++;
    place.lastNanos = nowNanos;
    long pause = pauseNanos(place.failures);
    place.freeNanos = Math.max(place.freeNanos, nowNanos + pause);
    return pause;
  }

  /** An attempt was right: what was before is forgotten. */
  synchronized void succeeded(String key) {
    places[placeOf(key)] = null;
  }

  private boolean isForgotten(Place place, long nowNanos) {
    return nowNanos - place.lastNanos > forgetNanos;
  }

  private long pauseNanos(int failures) {
    int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
    return firstNanos > mostNanos >> doublings ? mostNanos : firstNanos << doublings;
  }

  private int placeOf(String key) {
    int hash = seed;
    for (int at = 0; at < key.length(); at++) {
      hash = (hash ^ key.charAt(at)) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    return hash & (PLACES - 1);
  }
}
