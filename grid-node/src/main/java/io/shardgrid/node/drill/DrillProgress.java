package io.shardgrid.node.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a drill that was started here goes, or has gone. Immutable.
 *
 * @param order what was asked for
 * @param endedAt null while it runs
 * @param text why it ended without a verdict; else empty
 * @param lines what it has told, the last ones
 * @param linesLeftOff how many there were before them
 */
public record DrillProgress(
    Order order,
    Instant startedAt,
    @Nullable Instant endedAt,
    State state,
    String text,
    List<DrillLine> lines,
    int linesLeftOff) {

  public DrillProgress {
    lines = List.copyOf(lines);
  }

  /**
   * Which drills, and how fast.
   *
   * @param rate operations a second
   * @param calm how long the load is watched before the fault, and after it is over
   */
  public record Order(int number, int rate, Duration calm) {}

  /** How far it is. */
  public enum State {
    /** It runs. */
    RUNNING,
    /** It was told to stop, and its nodes are being ended. */
    STOPPING,
    /** Everything held. */
    HELD,
    /** Not everything held. */
    FAILED,
    /** It was stopped before its end. */
    STOPPED,
    /** It ended without a verdict. */
    BROKEN;

    /** Whether its process may still be there. */
    public boolean isUnderWay() {
      return this == RUNNING || this == STOPPING;
    }
  }
}
