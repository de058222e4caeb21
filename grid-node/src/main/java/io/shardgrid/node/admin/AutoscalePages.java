package io.shardgrid.node.admin;

import io.shardgrid.node.access.GridAccess;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The page by which the autoscaler's decisions are read. Immutable. */
final class AutoscalePages {

  private static final String DECISIONS = "decisions";
  private static final int DECISIONS_DEFAULT = 20;
  private static final int DECISIONS_MAX = 128;

  private final Clock clock;

  /** Pages that say how old things are by {@code clock}. */
  AutoscalePages(Clock clock) {
    this.clock = clock;
  }

  /** What can be read, by path. */
  Map<String, Recipe> reads() {
    return Map.of(
        "/autoscale",
        new Recipe(
            "the autoscaler: its last decisions and why; decisions=N for how many, %d unless said"
                .formatted(DECISIONS_DEFAULT),
            Set.of(DECISIONS),
            this::decisions));
  }

  private CompletionStage<Reply> decisions(GridAccess grid, Parameters parameters) {
    int decisions = parameters.number(DECISIONS, DECISIONS_DEFAULT, DECISIONS_MAX);
    return Recipe.replied(
        grid.autoscale(decisions),
        report -> AutoscaleJson.of(MemberNames.of(grid), report, clock.instant()));
  }
}
