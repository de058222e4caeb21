package io.shardgrid.node.admin;

import io.shardgrid.node.drill.DrillLine;
import io.shardgrid.node.drill.DrillProgress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a drill goes, field by field. Immutable.
 *
 * @param endedAt null while it runs
 * @param state running, stopping, held, failed, stopped or broken
 * @param text why it ended without a verdict; else empty
 * @param lines what it has told, as {@code drill run --json} prints it; the last ones
 * @param linesLeftOff how many there were before them
 */
record DrillJson(
    int number,
    int rate,
    long calmSeconds,
    String startedAt,
    @Nullable String endedAt,
    String state,
    String text,
    List<DrillLine> lines,
    int linesLeftOff) {

  static DrillJson of(DrillProgress progress) {
    Instant end = progress.endedAt();
    return new DrillJson(
        progress.order().number(),
        progress.order().rate(),
        progress.order().calm().toSeconds(),
        progress.startedAt().toString(),
        end == null ? null : end.toString(),
        progress.state().name().toLowerCase(Locale.ROOT),
        progress.text(),
        progress.lines(),
        progress.linesLeftOff());
  }

  /** Null if there was none. */
  static @Nullable DrillJson orNull(@Nullable DrillProgress progress) {
    return progress == null ? null : of(progress);
  }
}
