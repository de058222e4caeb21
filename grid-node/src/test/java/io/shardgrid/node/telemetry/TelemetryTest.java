package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.AutoscaleReport.Made;
import io.shardgrid.autoscale.DecisionReport;
import io.shardgrid.autoscale.MetricSpec.Kind;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.access.SampleDecisions;
import io.shardgrid.node.access.ServerFigure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TelemetryTest {

  private static final String PREFIX = "shardgrid_autoscaler_";
  private static final String OPEN_METRICS =
      "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5";

  private final AtomicLong nanos = new AtomicLong();
  private final InProcessGrid grid = new InProcessGrid(16);
  private final AtomicLong commands = new AtomicLong(41);
  private final Telemetry telemetry =
      new Telemetry(
          grid,
          List.of(
              ServerFigure.open("resp", () -> 3),
              ServerFigure.open("http", () -> 1),
              ServerFigure.totalBytes("resp.received", "Bytes", commands::get)),
          nanos::get,
          Runnable::run);

  private Map<String, Double> scrape() {
    return text("").samples();
  }

  private MetricsText text(String accepted) {
    return MetricsText.parse(telemetry.scrape(accepted).toCompletableFuture().join());
  }

  private static Set<String> ofAutoscaler(Map<String, Double> samples) {
    return samples.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .collect(Collectors.toSet());
  }

  private void passTime() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private void answer(AutoscaleReport report) {
    grid.autoscale(CompletableFuture.completedStage(report));
    passTime();
  }

  @Test
  void showsTheAutoscalerWhereItRuns() {
    Map<String, Double> samples = scrape();
    assertThat(samples)
        .containsEntry(PREFIX + "mode{mode=\"act\"}", 1.0)
        .containsEntry(PREFIX + "mode{mode=\"off\"}", 0.0)
        .containsEntry(PREFIX + "in_charge", 1.0)
        .containsEntry(PREFIX + "members", 4.0)
        .containsEntry(PREFIX + "nodes", 3.0)
        .containsEntry(PREFIX + "nodes_wanted", 4.0)
        .containsEntry(PREFIX + "nodes_min", 1.0)
        .containsEntry(PREFIX + "nodes_max", 4.0)
        .containsEntry(PREFIX + "order_in_progress", 1.0)
        .containsEntry(
            PREFIX + "last_decision_timestamp_seconds",
            (double) SampleDecisions.AT.getEpochSecond())
        .containsEntry(PREFIX + "metric_ratio{metric=\"cpu\"}", 130 / 70.0)
        .containsEntry(PREFIX + "metric_ratio{metric=\"p99\"}", 0.625)
        .containsEntry(PREFIX + "metric_nodes{metric=\"cpu\"}", 6.0)
        .doesNotContainKeys(
            PREFIX + "metric_ratio{metric=\"jobs\"}", PREFIX + "metric_nodes{metric=\"jobs\"}")
        .containsEntry(PREFIX + "decisions_total{action=\"stay\"}", 240.0)
        .containsEntry(PREFIX + "decisions_total{action=\"add\"}", 2.0)
        .containsEntry(PREFIX + "decisions_total{action=\"remove\"}", 1.0);
  }

  @Test
  void showsWhatInfluencedTheLastDecisionByACauseThatIsOneOfFew() {
    Map<String, Double> samples = scrape();
    assertThat(samples.keySet().stream().filter(name -> name.startsWith(PREFIX + "holds")))
        .hasSize(Cause.values().length - 1);
    assertThat(samples)
        .containsEntry(PREFIX + "holds{cause=\"doubtful_reading\"}", 1.0)
        .containsEntry(PREFIX + "holds{cause=\"bounds\"}", 1.0)
        .containsEntry(PREFIX + "holds{cause=\"rate\"}", 0.0);
  }

  @Test
  void saysTheSameInBothForms() {
    MetricsText plain = text("text/plain");
    MetricsText open = text(OPEN_METRICS);
    assertThat(open.samples().keySet()).isEqualTo(plain.samples().keySet());
    for (String name : ofAutoscaler(plain.samples())) {
      assertThat(open.samples()).containsEntry(name, plain.samples().get(name));
    }
    assertThat(plain.type(PREFIX + "decisions_total")).isEqualTo("counter");
    assertThat(open.type(PREFIX + "decisions")).isEqualTo("counter");
    assertThat(open.type(PREFIX + "nodes")).isEqualTo("gauge");
    assertThat(telemetry.scrape("").toCompletableFuture().join().contentType())
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(telemetry.scrape(OPEN_METRICS).toCompletableFuture().join().contentType())
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
  }

  @Test
  void showsWhatServersCount() {
    commands.incrementAndGet();
    assertThat(scrape())
        .containsEntry("shardgrid_connections_open{protocol=\"resp\"}", 3.0)
        .containsEntry("shardgrid_connections_open{protocol=\"http\"}", 1.0)
        .containsEntry("shardgrid_resp_received_bytes_total", 42.0);
  }

  @Test
  void showsNothingWhereItDoesNotRun() {
    answer(SampleDecisions.report(InProcessGrid.OTHER, 1));
    assertThat(ofAutoscaler(scrape())).isEmpty();
    assertThat(ofAutoscaler(text(OPEN_METRICS).samples())).isEmpty();
  }

  @Test
  void showsNothingIfItDoesNotAnswerAndAllAgainWhenItDoes() {
    assertThat(ofAutoscaler(scrape())).isNotEmpty();
    grid.autoscale(CompletableFuture.failedStage(new GridUnavailableException("no answer")));
    passTime();
    assertThat(ofAutoscaler(scrape())).isEmpty();
    answer(SampleDecisions.report(grid.self(), 1));
    assertThat(scrape()).containsEntry(PREFIX + "decisions_total{action=\"stay\"}", 240.0);
  }

  @Test
  void showsNoDecisionBeforeThereIsOne() {
    answer(SampleDecisions.idle(grid.self(), AutoscaleMode.OFF, false));
    assertThat(scrape())
        .containsEntry(PREFIX + "mode{mode=\"off\"}", 1.0)
        .containsEntry(PREFIX + "in_charge", 0.0)
        .containsEntry(PREFIX + "decisions_total{action=\"add\"}", 0.0)
        .doesNotContainKeys(PREFIX + "nodes", PREFIX + "holds{cause=\"rate\"}");
  }

  @Test
  void asksOnceASecondAtMost() {
    CompletableFuture<AutoscaleReport> late = new CompletableFuture<>();
    grid.autoscale(late);
    CompletionStage<Exposition> first = telemetry.scrape("");
    passTime();
    CompletionStage<Exposition> second = telemetry.scrape("");
    assertThat(first.toCompletableFuture()).isNotDone();
    late.complete(made(new Made(1, 0, 0)));
    grid.autoscale(CompletableFuture.completedStage(made(new Made(2, 0, 0))));
    assertThat(stays(MetricsText.parse(second.toCompletableFuture().join()))).isEqualTo(1);
    assertThat(stays(text(""))).isEqualTo(2);
    grid.autoscale(CompletableFuture.completedStage(made(new Made(3, 0, 0))));
    assertThat(stays(text(""))).isEqualTo(2);
    passTime();
    assertThat(stays(text(""))).isEqualTo(3);
  }

  private static double stays(MetricsText text) {
    return text.samples().getOrDefault(PREFIX + "decisions_total{action=\"stay\"}", -1.0);
  }

  private AutoscaleReport made(Made made) {
    return with(made, SampleDecisions.report(grid.self(), 1).decisions());
  }

  private AutoscaleReport with(Made made, List<DecisionReport> decisions) {
    AutoscaleReport sample = SampleDecisions.report(grid.self(), 1);
    return new AutoscaleReport(
        sample.node(), sample.mode(), true, 1, 4, 3, null, made, decisions, List.of());
  }

  @Test
  void keepsToTheFormWhateverAMetricIsCalled() {
    DecisionReport sample = SampleDecisions.report(grid.self(), 1).decisions().get(0);
    DecisionReport strange =
        new DecisionReport(
            sample.since(),
            sample.at(),
            1,
            3,
            0,
            "",
            sample.basis(),
            3,
            3,
            3,
            sample.limit(),
            List.of(new DecisionReport.Metric("a\"b\\c\nd é", Kind.VALUE, 1_000, 500, 3, "")),
            List.of(),
            List.of());
    answer(with(Made.NONE, List.of(strange)));
    assertThat(scrape()).containsEntry(PREFIX + "metric_ratio{metric=\"a\\\"b\\\\c\\nd é\"}", 0.5);
  }
}
