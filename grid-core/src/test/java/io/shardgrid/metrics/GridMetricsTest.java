package io.shardgrid.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.meter.Exemplar;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GridMetricsTest {

  private static final Request SIZE = new Request.Size();
  private static final Request GET = new Request.Get(new byte[] {1});
  private static final Answer FOUND = new Answer.Entry(new byte[] {1}, 1, 1, 0, -1);

  private final FakeGrid grid = new FakeGrid();
  private final GridMetrics metrics = GridMetrics.onRequest(grid);

  private void look() {
    metrics.look().toCompletableFuture().join();
  }

  private void use(String map) {
    grid.tally.shard(0).made(map);
    grid.tally.answered(map, GET, FOUND);
    grid.tally.answered(map, SIZE, new Answer.Later("full"));
    grid.tally.took(map, GET, FOUND, 2_000_000);
    grid.tally.took(map, GET, FOUND, 30_000);
  }

  private static double value(RequiredSearch search) {
    return search.meter().measure().iterator().next().getValue();
  }

  private static List<String> names(MeterRegistry registry) {
    return registry.getMeters().stream().map(meter -> meter.getId().getName()).toList();
  }

  @Test
  void showsWhatTheNodeSaysOfItself() {
    MeterRegistry registry = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    look();
    assertThat(value(registry.get("shardgrid.ready"))).isEqualTo(1);
    assertThat(value(registry.get("shardgrid.members"))).isEqualTo(3);
    assertThat(value(registry.get("shardgrid.placement.shards"))).isEqualTo(256);
    assertThat(value(registry.get("shardgrid.placement.lost.shards"))).isEqualTo(2);
    assertThat(value(registry.get("shardgrid.placement.missing.backups"))).isEqualTo(5);
    assertThat(value(registry.get("shardgrid.shards").tag("role", "primary"))).isEqualTo(3);
    assertThat(value(registry.get("shardgrid.shards").tag("role", "learner"))).isZero();
    assertThat(value(registry.get("shardgrid.replication.uncommitted.writes"))).isEqualTo(17);
    assertThat(value(registry.get("shardgrid.digest.comparisons").tag("result", "same")))
        .isEqualTo(5);
    assertThat(value(registry.get("shardgrid.memory.reserved"))).isEqualTo(100);
    assertThat(value(registry.get("shardgrid.router.failures").tag("reason", "timeout")))
        .isEqualTo(23);
    assertThat(value(registry.get("shardgrid.mailbox.messages").tag("group", "1"))).isEqualTo(41);
    assertThat(value(registry.get("shardgrid.link.credit.used"))).isEqualTo(13);
    assertThat(value(registry.get("shardgrid.link.sent").tag("lane", "replication")))
        .isEqualTo(7_000);
    assertThat(value(registry.get("shardgrid.link.sent").tag("lane", "copies"))).isZero();
    assertThat(value(registry.get("shardgrid.link.refused").tag("reason", "handshake")))
        .isEqualTo(3);
  }

  @Test
  void beginsTheSeriesOfAMapWhenThereIsSomethingToCount() {
    MeterRegistry registry = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    look();
    assertThat(names(registry)).doesNotContain("shardgrid.operations", "shardgrid.map.entries");
    use("m");
    look();
    assertThat(registry.get("shardgrid.operations").meters()).hasSize(2);
    RequiredSearch gets =
        registry.get("shardgrid.operations").tags("map", "m", "kind", "get", "outcome", "ok");
    assertThat(value(gets)).isEqualTo(1);
    use("m");
    assertThat(value(gets)).as("read when asked").isEqualTo(2);
    assertThat(value(registry.get("shardgrid.map.lookups").tags("map", "m", "result", "hit")))
        .isEqualTo(2);
  }

  @Test
  void boundsTheMapsThatAreShown() {
    MeterRegistry registry = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    for (int i = 0; i < 50; i++) {
      use("map-" + i);
    }
    look();
    assertThat(
            registry.get("shardgrid.map.evictions").meters().stream()
                .map(meter -> meter.getId().getTag("map")))
        .containsExactlyInAnyOrder("map-0", "map-1", "other");
    assertThat(
            value(
                registry
                    .get("shardgrid.operations")
                    .tags("map", "other", "kind", "get", "outcome", "ok")))
        .isEqualTo(48);
  }

  @Test
  void showsTimesAsAHistogramWithBucketsInSecondsToPrometheus() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags("service", "shop");
    metrics.bindTo(registry);
    use("m");
    look();
    HistogramDataPointSnapshot times =
        points(registry, "shardgrid_operation_duration_seconds").get(0);
    assertThat(times.getLabels().get("map")).isEqualTo("m");
    assertThat(times.getLabels().get("kind")).isEqualTo("get");
    assertThat(times.getLabels().get("service")).isEqualTo("shop");
    assertThat(times.getCount()).isEqualTo(2);
    assertThat(times.getSum()).isEqualTo(0.00203);
    ClassicHistogramBuckets buckets = times.getClassicBuckets();
    assertThat(buckets.size()).isEqualTo(23);
    List<Double> filled = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.getCount(i) > 0) {
        filled.add(buckets.getUpperBound(i));
      }
    }
    assertThat(filled).containsExactly(50e-6, 2.5e-3);
    assertThat(buckets.getUpperBound(22)).isInfinite();
    assertThat(points(registry, "shardgrid_turn_duration_seconds")).hasSize(2);
  }

  private static List<HistogramDataPointSnapshot> points(
      PrometheusMeterRegistry registry, String name) {
    for (MetricSnapshot snapshot : registry.getPrometheusRegistry().scrape()) {
      if (snapshot.getMetadata().getPrometheusName().equals(name)
          && snapshot instanceof HistogramSnapshot histogram) {
        return histogram.getDataPoints();
      }
    }
    throw new AssertionError("There is no histogram: name=" + name);
  }

  @Test
  void showsWhichTraceAnOperationOfABucketBelongsTo() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.bindTo(registry);
    use("m");
    look();
    String name = "shardgrid_operation_duration_seconds";
    assertThat(points(registry, name).get(0).getExemplars().size()).isZero();
    TraceContext trace = TraceContext.sampled(1, 2, 3);
    Request get = new Request.Get(new byte[] {1});
    grid.tally.followed("m", get, Answer.Absent.INSTANCE, new Exemplar(30_000, trace, 1_000));
    grid.tally.followed("m", get, new Answer.Later(""), new Exemplar(2_000_000, trace, 1_000));
    grid.tally.followed("m", get, Answer.Absent.INSTANCE, new Exemplar(70_000_000, trace, 1_000));
    look();
    assertThat(registry.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8"))
        .contains(
            "# {span_id=\"0000000000000003\",trace_id=\"00000000000000010000000000000002\"} 3.0E-5"
                + " 1.000");
    assertThat(points(registry, name).get(0).getExemplars().size())
        .as("refusals are not timed, and an empty bucket has no example")
        .isEqualTo(1);
    assertThat(registry.scrape("text/plain; version=0.0.4; charset=utf-8"))
        .doesNotContain("trace_id");
  }

  @Test
  void showsOtherRegistriesHowManyTimesThereWereAndTheirSum() {
    SimpleMeterRegistry simple = new SimpleMeterRegistry();
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CompositeMeterRegistry both = new CompositeMeterRegistry();
    both.add(simple);
    both.add(prometheus);
    metrics.bindTo(both);
    use("m");
    grid.tally.batches().add(5);
    look();
    FunctionTimer times =
        simple.get("shardgrid.operation.duration").tags("map", "m", "kind", "get").functionTimer();
    assertThat(times.count()).isEqualTo(2);
    assertThat(times.totalTime(TimeUnit.NANOSECONDS)).isCloseTo(2_030_000, offset(1.0));
    assertThat(value(simple.get("shardgrid.replication.batch.writes.sum"))).isEqualTo(5);
    assertThat(points(prometheus, "shardgrid_operation_duration_seconds")).hasSize(1);
  }

  @Test
  void showsTheClusterWhereItsAutoscalerAndAuthorityRun() {
    MeterRegistry registry = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    look();
    assertThat(value(registry.get("shardgrid.autoscaler.nodes.max"))).isEqualTo(4);
    assertThat(value(registry.get("shardgrid.migrations").tag("state", "syncing"))).isEqualTo(1);
    assertThat(value(registry.get("shardgrid.migrations").tag("state", "init"))).isZero();
    assertThat(value(registry.get("shardgrid.migrations.waiting"))).isEqualTo(5);
    assertThat(value(registry.get("shardgrid.migrations.left"))).isEqualTo(1234);
    assertThat(value(registry.get("shardgrid.migrations.ended").tag("result", "done")))
        .isEqualTo(7);

    grid.oldest = FakeGrid.OTHER;
    look();
    assertThat(names(registry))
        .noneMatch(name -> name.contains("autoscaler") || name.contains("migrations"))
        .contains("shardgrid.shards");

    grid.oldest = FakeGrid.SELF;
    grid.answer = CompletableFuture.failedStage(new GridUnavailableException("no answer"));
    look();
    assertThat(names(registry)).noneMatch(name -> name.contains("autoscaler"));
  }

  @Test
  void asksOnceAtATime() {
    CompletableFuture<AutoscaleReport> late = new CompletableFuture<>();
    grid.answer = late;
    CompletableFuture<Void> first = metrics.look().toCompletableFuture();
    CompletableFuture<Void> second = metrics.look().toCompletableFuture();
    assertThat(grid.looks).isEqualTo(1);
    assertThat(first).isNotDone();
    late.completeExceptionally(new GridUnavailableException("no answer"));
    first.join();
    second.join();
    look();
    assertThat(grid.looks).isEqualTo(2);
  }

  @Test
  void looksByItselfOnceItIsBound() {
    try (GridMetrics own = new GridMetrics(grid)) {
      assertThat(grid.looks).isZero();
      own.bindTo(new SimpleMeterRegistry());
      own.bindTo(new SimpleMeterRegistry());
      assertThat(grid.looks).isEqualTo(1);
    }
  }

  @Test
  void showsWhatIsCountedAnywayIfMetricsAreOff() {
    grid.isCounting = false;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.bindTo(registry);
    look();
    assertThat(names(registry))
        .contains("shardgrid.shards", "shardgrid.link.sent")
        .doesNotContain("shardgrid.epoch.changes");
    for (MetricSnapshot snapshot : registry.getPrometheusRegistry().scrape()) {
      assertThat(snapshot).isNotInstanceOf(HistogramSnapshot.class);
    }
  }

  @Test
  void takesAllOutAgain() {
    for (MeterRegistry registry :
        List.of(new SimpleMeterRegistry(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
      GridMetrics own = GridMetrics.onRequest(grid);
      own.bindTo(registry);
      use("m");
      own.look().toCompletableFuture().join();
      assertThat(registry.getMeters()).isNotEmpty();
      own.close();
      assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
      if (registry instanceof PrometheusMeterRegistry prometheus) {
        assertThat(prometheus.getPrometheusRegistry().scrape()).isEmpty();
      }
    }
  }
}
