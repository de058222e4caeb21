package io.shardgrid.rule;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a rule fails too often: so many of its last so many calls. Thread-safe; a call
 * that goes well costs one atomic addition.
 */
final class Quarantine {

  private final int failuresMax;
  private final int callsWindow;
  private final AtomicLong calls = new AtomicLong();
  private final long[] failedCalls;
  private int next;
  private volatile long failures;
  private volatile @Nullable String reason;

  /**
   * Judges by these numbers.
   *
   * @param failuresMax failures that are too many; 0 for any number is right
   * @param callsWindow among how many calls
   */
  Quarantine(int failuresMax, int callsWindow) {
    this.failuresMax = failuresMax;
    this.callsWindow = callsWindow;
    this.failedCalls = new long[failuresMax];
    forget();
  }

  /** Why the rule is not to be called; empty if it may be. */
  Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  boolean isClosed() {
    return reason != null;
  }

  /** Calls that were judged so far. */
  long calls() {
    return calls.get();
  }

  /** Those of them that failed; a release does not forget them. */
  long failures() {
    return failures;
  }

  /** A call went well, or was refused by the rule itself. */
  void passed() {
    calls.incrementAndGet();
  }

  /**
   * A call failed.
   *
   * @param why for the reason
   * @return whether it was the one too many
   */
  synchronized boolean failed(String why) {
    long call = calls.incrementAndGet();
    failures++;
    if (failuresMax == 0) {
      return false;
    }
    failedCalls[next] = call;
    next = (next + 1) % failuresMax;
    // The oldest of the last failures: are all of them among the last calls?
    long oldest = failedCalls[next];
    if (oldest == 0 || call - oldest >= callsWindow || reason != null) {
      return false;
    }
    reason =
        failuresMax + " of the last " + (call - oldest + 1) + " calls failed, the last one: " + why;
    return true;
  }

  /** Lets the rule be called again; failures before do not count any more. */
  synchronized void release() {
    forget();
    reason = null;
  }

  private void forget() {
    Arrays.fill(failedCalls, 0);
    next = 0;
  }
}
