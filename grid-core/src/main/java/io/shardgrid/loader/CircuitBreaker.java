package io.shardgrid.loader;

import java.time.Duration;
import java.util.Arrays;

/**
 * Stops calls to a store that fails or stalls, and tries again later with a few. A pure machine:
 * the time comes with each input. Not thread-safe.
 */
public final class CircuitBreaker {

  /*
   *            too many of the last calls
   *            failed or were slow                pause is over
   *   CLOSED ----------------------------> OPEN ----------------> HALF_OPEN
   *     ^                                    ^                        |
   *     |                                    |  one failed or was slow|
   *     |                                    +------------------------+
   *     +------------- all probes were well --------------------------+
   *
   * The window is the last N calls, not a time: a store that is asked rarely is judged by what it
   * did when it was asked. While OPEN each further opening doubles the wait, up to a bound.
   * A call that began before the breaker opened says nothing of what the store does after that, so
   * only probes count while it is HALF_OPEN.
   *
   * Source of the pattern: M. Nygard, Release It!, 2007.
   */

  /** Whether calls are let through. */
  public enum State {
    /** All are. */
    CLOSED,
    /** None is. */
    OPEN,
    /** A few are, to see how the store is. */
    HALF_OPEN
  }

  /**
   * When it opens, and for how long. Immutable.
   *
   * @param window calls that are looked at
   * @param failureShare share of them, above 0 to 1, that may not fail
   * @param slow from when on a call is slow
   * @param slowShare share of slow calls that is too much
   * @param pause how long no call is let through
   * @param pauseMax the same, after it has opened again and again
   * @param probes calls that are let through then
   */
  public record Settings(
      int window,
      double failureShare,
      Duration slow,
      double slowShare,
      Duration pause,
      Duration pauseMax,
      int probes) {}

  private static final byte FAILED = 1;
  private static final byte SLOW = 2;

  private final Settings settings;
  private final byte[] window;
  private int calls;
  private int failures;
  private int slows;
  private State state = State.CLOSED;
  private long openUntilNanos;
  private long pauseNanos;
  private int probesBegun;
  private int probesEnded;
  private long openings;
  private int generation;

  /** A closed one. */
  public CircuitBreaker(Settings settings) {
    this.settings = settings;
    this.window = new byte[settings.window()];
    this.pauseNanos = settings.pause().toNanos();
  }

  /** Whether calls are let through. */
  public State state() {
    return state;
  }

  /** How often it has opened. */
  public long openings() {
    return openings;
  }

  /** How long no call is let through from now on; 0 unless it is open. */
  public long leftNanos(long nowNanos) {
    return state == State.OPEN ? Math.max(0, openUntilNanos - nowNanos) : 0;
  }

  /**
   * Whether a call may begin now; it begins then.
   *
   * @return the number to be told to {@link #ended}, or -1 if it may not
   */
  public int begin(long nowNanos) {
    if (state == State.OPEN && nowNanos - openUntilNanos >= 0) {
      state = State.HALF_OPEN;
      generation++;
      probesBegun = 0;
      probesEnded = 0;
    }
    if (state == State.CLOSED) {
      return generation;
    }
    if (state == State.HALF_OPEN && probesBegun < settings.probes()) {
      probesBegun++;
      return generation;
    }
    return -1;
  }

  /** Whether calls are refused, as far as can be told without beginning one. */
  public boolean isRefusing(long nowNanos) {
    return (state == State.OPEN && nowNanos - openUntilNanos < 0)
        || (state == State.HALF_OPEN && probesBegun >= settings.probes());
  }

  /**
   * A call has ended, or was given up.
   *
   * @param number what {@link #begin} answered
   * @param tookNanos how long it took
   */
  public void ended(int number, boolean isFailed, long tookNanos, long nowNanos) {
    if (number != generation || state == State.OPEN) {
      return;
    }
    boolean isSlow = tookNanos >= settings.slow().toNanos();
    if (state == State.HALF_OPEN) {
      probeEnded(isFailed || isSlow, nowNanos);
      return;
    }
    note((byte) ((isFailed ? FAILED : 0) | (isSlow ? SLOW : 0)));
    int counted = Math.min(calls, window.length);
    boolean isFull = counted == window.length;
    if (isFull
        && (failures >= settings.failureShare() * counted
            || slows >= settings.slowShare() * counted)) {
      open(nowNanos);
    }
  }

  private void probeEnded(boolean isBad, long nowNanos) {
    if (isBad) {
      pauseNanos = Math.min(2 * pauseNanos, settings.pauseMax().toNanos());
      open(nowNanos);
      return;
    }
    probesEnded++;
    if (probesEnded == settings.probes()) {
      state = State.CLOSED;
      pauseNanos = settings.pause().toNanos();
      forget();
    }
  }

  private void open(long nowNanos) {
    state = State.OPEN;
    generation++;
    openings++;
    openUntilNanos = nowNanos + pauseNanos;
    forget();
  }

  private void forget() {
    Arrays.fill(window, (byte) 0);
    calls = 0;
    failures = 0;
    slows = 0;
  }

  private void note(byte outcome) {
    int at = calls % window.length;
    failures += (outcome & FAILED) - (window[at] & FAILED);
    slows += ((outcome & SLOW) - (window[at] & SLOW)) >> 1;
    window[at] = outcome;
    calls = calls + 1 == 2 * window.length ? window.length : calls + 1;
  }
}
