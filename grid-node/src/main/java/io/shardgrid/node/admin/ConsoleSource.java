package io.shardgrid.node.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.node.access.GridAccess;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes what pages of the console are told. The autoscaler, which decides every few seconds, is
 * asked only with every {@value #AUTOSCALE_EVERY}th. Confined to the event loop of the server.
 */
final class ConsoleSource {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AUTOSCALE_EVERY = 5;
  private static final int DECISIONS = 8;

  private final Clock clock;
  private final boolean hasDrills;
  private int made;
  private CompletableFuture<@Nullable AutoscaleReport> autoscale =
      CompletableFuture.completedFuture(null);

  /**
   * Makes them from now on.
   *
   * @param hasDrills whether drills can be started
   */
  ConsoleSource(Clock clock, boolean hasDrills) {
    this.clock = clock;
    this.hasDrills = hasDrills;
  }

  /** The next one, as JSON in one line. */
  CompletionStage<byte[]> next(GridAccess grid) {
    if (made % AUTOSCALE_EVERY == 0) {
      autoscale =
          grid.autoscale(DECISIONS)
              .<@Nullable AutoscaleReport>thenApply(report -> report)
              .exceptionally(failure -> null)
              .toCompletableFuture();
    }
    made++;
    return grid.look()
        .thenCombine(
            autoscale,
            (sight, report) ->
                bytes(ConsoleJson.of(grid, sight, report, clock.instant(), hasDrills)));
  }

  private static byte[] bytes(ConsoleJson json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON", e);
    }
  }
}
