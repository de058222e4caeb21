package io.shardgrid.rule;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a thread is doing: the number of its call and how that stands, in one word, so that it and
 * its watch agree about who ends the call. Thread-safe.
 */
final class WorkerState {

  /*
   *   IDLE(n) --begin--> RUNNING(n+1) --end--> IDLE(n+1)
   *                           |
   *                       interrupt           only the watch
   *                           v
   *                     INTERRUPTING(n) ----> INTERRUPTED(n) --end--> IDLE(n)
   *                                                |
   *                                             abandon               only the watch
   *                                                v
   *                                            ABANDONED              the thread ends
   *
   * An interruption is sent while the word says INTERRUPTING: the thread cannot leave the call
   * meanwhile, so no later call is hit by it.
   */

  private static final long PHASES = 4;
  private static final long IDLE = 0;
  private static final long RUNNING = 1;
  private static final long INTERRUPTING = 2;
  private static final long INTERRUPTED = 3;
  private static final long ABANDONED = -1;

  private final AtomicLong word = new AtomicLong(IDLE);
  private long call;

  static boolean isRunning(long state) {
    return phase(state) == RUNNING;
  }

  static boolean isInterrupted(long state) {
    return phase(state) == INTERRUPTED;
  }

  private static long phase(long state) {
    return state == ABANDONED ? ABANDONED : state % PHASES;
  }

  /** As {@link CallWatch} wants it. */
  long word() {
    return word.get();
  }

  boolean isBusy() {
    return phase(word.get()) != IDLE;
  }

  /** The thread begins its next call. */
  void begin() {
    call += PHASES;
    word.set(call + RUNNING);
  }

  /**
   * The thread has ended its call. An interruption that was meant for it is over.
   *
   * @return false if the call was given up before: somebody else has told how it ended
   */
  boolean end() {
    if (word.compareAndSet(call + RUNNING, call + IDLE)) {
      return true;
    }
    while (true) {
      long now = word.get();
      if (now == ABANDONED) {
        return false;
      }
      if (isInterrupted(now)) {
        Thread.interrupted();
        if (word.compareAndSet(now, call + IDLE)) {
          return true;
        }
      }
      Thread.onSpinWait();
    }
  }

  /** The watch interrupts the call that it has seen, unless it has ended. */
  void interrupt(long seen, Thread thread) {
    if (word.compareAndSet(seen, seen - RUNNING + INTERRUPTING)) {
      thread.interrupt();
      word.set(seen - RUNNING + INTERRUPTED);
    }
  }

  /**
   * The watch gives the call up that it has seen.
   *
   * @return false if it has ended
   */
  boolean abandon(long seen) {
    return word.compareAndSet(seen, ABANDONED);
  }
}
