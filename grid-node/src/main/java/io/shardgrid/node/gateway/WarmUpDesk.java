package io.shardgrid.node.gateway;

import io.shardgrid.client.GridClient;
import io.shardgrid.client.mirror.CanaryLink;
import io.shardgrid.client.mirror.MirroredClient;
import io.shardgrid.node.backup.WarmUp;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.cli.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the canary from production, one fill at a time, while the mirror copies writes. */
final class WarmUpDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUpDesk.class);
  private static final int IN_FLIGHT = 32;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration REPAIR_MAX = Duration.ofMinutes(5);

  /** How far a fill is. */
  enum State {
    NONE,
    FILLING,
    REPAIRING,
    DONE,
    FAILED
  }

  /**
   * What is known of the last fill.
   *
   * @param shards that are filled, of {@code of}
   * @param written entries that were written
   * @param repaired keys that both clusters did not hold alike after that
   * @param reason why it has failed; empty if it has not
   */
  record Progress(State state, int shards, int of, long written, long repaired, String reason) {
    static final Progress NONE = new Progress(State.NONE, 0, 0, 0, 0, "");
  }

  private final GridClient production;
  private final CanaryLink canary;
  private final MirroredClient mirror;
  private final ExecutorService thread;
  private volatile Progress progress = Progress.NONE;

  WarmUpDesk(GridClient production, CanaryLink canary, MirroredClient mirror) {
    this.production = production;
    this.canary = canary;
    this.mirror = mirror;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "grid-warm-up");
              made.setDaemon(true);
              return made;
            });
  }

  Progress progress() {
    return progress;
  }

  /**
   * Begins to fill, unless it is under way.
   *
   * @param bytesPerSecond that are read of production at most; 0 for no bound
   * @return null if it has begun, else why not
   */
  synchronized @Nullable String begin(int parallel, long bytesPerSecond) {
    State state = progress.state;
    if (state == State.FILLING || state == State.REPAIRING) {
      return "The canary is being filled already";
    }
    GridClient target = canary.client();
    if (target == null) {
      return "The canary is not connected";
    }
    progress = new Progress(State.FILLING, 0, production.shards().count(), 0, 0, "");
    thread.execute(() -> fill(target, parallel, bytesPerSecond));
    return null;
  }

  private void fill(GridClient target, int parallel, long bytesPerSecond) {
    boolean isWhole = false;
    mirror.fill();
    try {
      WarmUp.Plan plan =
          new WarmUp.Plan(
              parallel,
              IN_FLIGHT,
              bytesPerSecond,
              shards -> progress = with(State.FILLING, shards, 0, 0, ""));
      WarmUp.Filled filled =
          new WarmUp(
                  production.shards(),
                  target.shards(),
                  new Removal(target)::remove,
                  plan,
                  Clock.systemUTC())
              .run();
      progress = with(State.REPAIRING, progress.of, filled.written(), 0, "");
      long repaired =
          new MapRepair(production.shards(), target.shards(), mirror::copyAnew, mirror::outOfStep)
              .run();
      awaitInStep();
      progress = with(State.DONE, progress.of, filled.written(), repaired, "");
      isWhole = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      progress = with(State.FAILED, progress.shards, 0, 0, "interrupted");
    } catch (Exception e) {
      LOG.warn("The canary could not be filled", e);
      progress = with(State.FAILED, progress.shards, 0, 0, Verdict.of(e).line());
    } finally {
      mirror.filled(isWhole);
    }
  }

  private Progress with(State state, int shards, long written, long repaired, String reason) {
    return new Progress(state, shards, progress.of, written, repaired, reason);
  }

  /** Keys that are written all the time may stay out of step: those are told by the report. */
  private void awaitInStep() {
    long end = System.nanoTime() + REPAIR_MAX.toNanos();
    while (mirror.outOfStep() > 0 && System.nanoTime() < end) {
      Waiting.linger(PAUSE);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
