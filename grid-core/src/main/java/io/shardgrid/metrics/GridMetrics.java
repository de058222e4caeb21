package io.shardgrid.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.meter.NodeMeters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Shows a node of the grid in registries of Micrometer.
 *
 * <pre>{@code
 * new GridMetrics(grid).bindTo(registry);
 * }</pre>
 *
 * <p>Counters are read from the node whenever the registry asks. What the shards or the cluster
 * have to be asked for (entries, roles, moves, the autoscaler, series of maps that are new) is
 * asked for every 5 seconds until the grid has stopped, or this is closed. All names begin with
 * {@code shardgrid}; {@code grid-node/docs/metrics.md} lists them. A registry can show one grid.
 *
 * <p>Thread-safe; nothing here blocks.
 */
public final class GridMetrics implements MeterBinder, AutoCloseable {

  private static final long INTERVAL_SECONDS = 5;
  private static final long ANSWER_SECONDS_MAX = 5;

  private final MeteredGrid grid;
  private final NodeMeters node;
  private final boolean isAsked;
  private final List<Binding> bindings = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isLooking = new AtomicBoolean();
  private volatile boolean isClosed;
  private @Nullable CompletableFuture<Void> look;

  /** What belongs to the whole cluster, and is shown on one of its nodes. */
  private record OfCluster(@Nullable AutoscaleReport autoscale, @Nullable MigrationReport moves) {
    static final OfCluster ELSEWHERE = new OfCluster(null, null);
  }

  /** Meters that keep themselves up to date. */
  public GridMetrics(MeteredGrid grid) {
    this(grid, false);
  }

  private GridMetrics(MeteredGrid grid, boolean isAsked) {
    this.grid = grid;
    this.node = grid.meters();
    this.isAsked = isAsked;
  }

  /** Meters that are as they were at the last {@link #look}, for who does that with each scrape. */
  public static GridMetrics onRequest(MeteredGrid grid) {
    return new GridMetrics(grid, true);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindings.add(new Binding(registry, node));
    if (!isAsked && isLooking.compareAndSet(false, true)) {
      lookAgain();
    }
  }

  private void lookAgain() {
    if (isClosed || node.isStopped()) {
      return;
    }
    Executor later = CompletableFuture.delayedExecutor(INTERVAL_SECONDS, TimeUnit.SECONDS);
    look().whenComplete((done, failure) -> later.execute(this::lookAgain));
  }

  /**
   * Asks for what has to be asked for. When the stage ends, which it does in every case within some
   * seconds, the meters show what was found; what did not answer has none.
   */
  public synchronized CompletionStage<Void> look() {
    CompletableFuture<Void> known = look;
    if (known != null && !known.isDone()) {
      return known.minimalCompletionStage();
    }
    CompletableFuture<OfCluster> ofCluster = answer(grid.autoscale(1)).thenCompose(this::around);
    CompletableFuture<Void> next =
        answer(node.look()).thenCombine(ofCluster, (done, found) -> show(found));
    look = next;
    return next.minimalCompletionStage();
  }

  /** Autoscaler and authority run on the same member, the oldest: so one knows of the other. */
  private CompletionStage<OfCluster> around(@Nullable AutoscaleReport report) {
    if (report == null || !report.node().equals(grid.self())) {
      return CompletableFuture.completedStage(OfCluster.ELSEWHERE);
    }
    return answer(grid.migrations()).thenApply(moves -> new OfCluster(report, moves));
  }

  private @Nullable Void show(OfCluster found) {
    bindings.forEach(binding -> binding.show(found.autoscale, found.moves));
    return null;
  }

  /** What is answered in time, else null. */
  private static <T> CompletableFuture<@Nullable T> answer(CompletionStage<T> asked) {
    return asked
        .toCompletableFuture()
        .copy()
        .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
        .handle((found, failure) -> found);
  }

  /** Takes all meters out of their registries. */
  @Override
  public void close() {
    isClosed = true;
    bindings.forEach(Binding::close);
    bindings.clear();
  }
}
