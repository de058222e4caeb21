package io.shardgrid.node.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A line that tells again and again how something is: written over on a terminal, a line now and
 * then elsewhere.
 *
 * <p>Confined to the command's thread.
 */
public final class LiveLine {

  private final Screen screen;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private boolean isBegun;
  private long writtenNanos;

  /**
   * Writes nothing yet.
   *
   * @param interval between two lines where no line can be written over
   */
  public LiveLine(Screen screen, Duration interval, LongSupplier nanoTime) {
    this.screen = screen;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
  }

  /** How it is now. */
  public void update(String text) {
    long nowNanos = nanoTime.getAsLong();
    if (screen.isTerminal()) {
      screen.rewrite(text);
    } else if (!isBegun || nowNanos - writtenNanos >= intervalNanos) {
      writtenNanos = nowNanos;
      screen.line(text);
    }
    isBegun = true;
  }

  /** Something that stays on the screen, above the line. */
  public void note(String text) {
    if (screen.isTerminal()) {
      screen.rewrite("");
    }
    screen.line(text);
  }

  /** Ends the line that is being written over, before something else is written. */
  public void end() {
    if (isBegun && screen.isTerminal()) {
      screen.line();
    }
    isBegun = false;
  }
}
