package io.shardgrid.node.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.autoscale.Bounds;
import io.shardgrid.autoscale.DataRoom;
import io.shardgrid.autoscale.Patience;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.autoscale.ScaleSettings;
import io.shardgrid.autoscale.ScalingBehavior;
import io.shardgrid.autoscale.ScalingRules;
import io.shardgrid.autoscale.Tolerance;
import io.shardgrid.node.autoscale.LoadTrace.Row;
import io.shardgrid.node.autoscale.SimulationResult.Step;
import io.shardgrid.node.cli.CommandException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulationTest {

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final BigDecimal TENTH = new BigDecimal("0.1");
  private static final long HOUR = 3_600;

  @Test
  void flapsWithoutAWindowAndWithoutATolerance() {
    SimulationResult result = run("flapping", Duration.ZERO, BigDecimal.ZERO);
    assertThat(reversals(result, 0, HOUR)).isGreaterThan(8);
    assertThat(reversals(result, HOUR, 2 * HOUR)).isGreaterThan(8);
  }

  @Test
  void doesNotFlapWithinTheTolerance() {
    SimulationResult result = run("flapping", Duration.ZERO, TENTH);
    assertThat(reversals(result, 0, HOUR)).isZero();
    assertThat(reversals(result, HOUR, 2 * HOUR)).isGreaterThan(4);
  }

  @Test
  void doesNotFlapWithinTheWindow() {
    SimulationResult result = run("flapping", WINDOW, TENTH);
    assertThat(result.reversals()).isZero();
    assertThat(result.changes()).hasSizeLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bursty", "diurnal", "flapping"})
  void staysWithinBoundsAndRemovesOneNodeAtATime(String name) {
    SimulationResult result = run(name, WINDOW, TENTH);
    for (Step step : result.steps()) {
      assertThat(step.nodes() + step.change()).isBetween(3, 20);
      assertThat(step.change()).isGreaterThanOrEqualTo(-1);
    }
    assertThat(result.steps())
        .filteredOn(step -> step.change() != 0)
        .noneMatch(
            step ->
                step.told().reasons().stream()
                    .anyMatch(reason -> reason.cause() == Cause.MIGRATING));
  }

  @Test
  void followsADayUpAndDown() {
    SimulationResult result = run("diurnal", WINDOW, TENTH);
    assertThat(result.mostNodes()).isBetween(12, 16);
    assertThat(result.reversals()).isLessThanOrEqualTo(4);
    assertThat(result.unservedPercent()).isLessThan(0.1);
    assertThat(result.nodeHours()).isLessThan(0.8 * result.nodeHoursAtMost());
  }

  @Test
  void comesToTheSameEveryTime() {
    assertThat(SimulationPage.lines(run("bursty", WINDOW, TENTH)))
        .isEqualTo(SimulationPage.lines(run("bursty", WINDOW, TENTH)));
  }

  @Test
  void refusesMoreDecisionsThanItCanKeep() {
    LoadTrace year = new LoadTrace("year", List.of(new Row(0, 1), new Row(360L * 86_400, 1)));
    Simulation simulation = simulation(WINDOW, TENTH);
    assertThatThrownBy(() -> simulation.run(year))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--interval: the trace has more than 100000");
  }

  @Test
  void tellsEachChangeWithItsReasons() {
    List<String> lines = SimulationPage.lines(run("bursty", WINDOW, TENTH));
    assertThat(lines.get(0)).contains("SECONDS", "LOAD", "NODES", "CHANGE", "WHY");
    assertThat(lines)
        .anyMatch(line -> line.matches(" +\\d+ .* \\+\\d+ +load \\d+ %: \\d+ nodes.*"));
    assertThat(lines).anyMatch(line -> line.contains("-1") && line.contains("Its drain moves"));
    assertThat(lines).anyMatch(line -> line.matches("961 decisions: .* reversals"));
    assertThat(lines).anyMatch(line -> line.contains("node-hours"));
  }

  @Test
  void drawsLoadCapacityNodesAndDecisions() {
    SimulationResult result = run("bursty", WINDOW, TENTH);
    String svg = SimulationPage.charts(result, "1,000 a node").svg();
    assertThat(svg).startsWith("<svg").contains(">load<", ">capacity<", ">nodes<");
    assertThat(svg.split("<circle ", -1)).hasSize(result.changes().size() + 1);
    assertThat(svg.split("<polyline ", -1)).hasSize(5);
  }

  private static SimulationResult run(String name, Duration window, BigDecimal tolerance) {
    return simulation(window, tolerance).run(LoadTrace.open(name));
  }

  private static Simulation simulation(Duration window, BigDecimal tolerance) {
    ScalingRules down =
        new ScalingRules(ScalingRules.DOWN.select(), window, ScalingRules.DOWN.policies());
    ScaleSettings settings =
        new ScaleSettings(
            new Bounds(1, 20),
            new ScalingBehavior(ScalingRules.UP, down),
            Tolerance.of(tolerance),
            new DataRoom(2, 80),
            new Patience(Duration.ofSeconds(30), WINDOW, WINDOW, Duration.ZERO));
    ClusterModel model =
        new ClusterModel(
            1_000, Duration.ofSeconds(15), Duration.ofSeconds(15), 3, 2, 1_000_000, 10_000_000);
    return new Simulation(settings, model, 60, Duration.ofSeconds(15), 0);
  }

  /** Changes of direction within a time. */
  private static int reversals(SimulationResult result, long from, long to) {
    return new SimulationResult(
            result.trace(),
            result.interval(),
            result.steps().stream().filter(step -> step.at() >= from && step.at() < to).toList())
        .reversals();
  }
}
