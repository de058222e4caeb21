package io.shardgrid.node.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far something has come: one line that is written over on a terminal, a line for each
 * quarter elsewhere.
 *
 * <p>Confined to the command's thread.
 */
public final class ProgressBar {

  private static final int WIDTH = 32;
  private static final int QUARTERS = 4;
  private static final long REDRAW_NANOS = 80_000_000;

  private final Screen screen;
  private final String label;
  private final long total;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long drawnNanos;
  private int drawnQuarters;

  /**
   * Begins at 0.
   *
   * @param total what 100 % is, at least 0
   */
  public ProgressBar(Screen screen, String label, long total, LongSupplier nanoTime) {
    this.screen = screen;
    this.label = label;
    this.total = total;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.drawnNanos = startNanos - REDRAW_NANOS;
  }

  /** Shows that so much is done; cheap when there is nothing new to show. */
  public void update(long done) {
    long now = nanoTime.getAsLong();
    if (screen.isTerminal()) {
      if (now - drawnNanos >= REDRAW_NANOS) {
        drawnNanos = now;
        screen.rewrite(bar(done, now));
      }
    } else if (quarters(done) > drawnQuarters && done < total) {
      drawnQuarters = quarters(done);
      screen.line(bar(done, now));
    }
  }

  /** Shows the end, which stays. */
  public void finish(long done) {
    String bar = bar(done, nanoTime.getAsLong());
    if (screen.isTerminal()) {
      screen.rewrite(bar);
      screen.line();
    } else {
      screen.line(bar);
    }
  }

  /** Ends the line that is being written over, before something else is written. */
  public void abandon() {
    if (screen.isTerminal()) {
      screen.line();
    }
  }

  private int quarters(long done) {
    return total == 0 ? QUARTERS : (int) (done * QUARTERS / total);
  }

  private String bar(long done, long now) {
    double share = total == 0 ? 1 : Math.min(1, (double) done / total);
    int filled = (int) (share * WIDTH);
    return String.format(
        Locale.ROOT,
        "  %-10s [%s%s] %3d %%  %,d of %,d  %.1f s",
        label,
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        (int) (share * 100),
        done,
        total,
        (now - startNanos) / 1e9);
  }
}
