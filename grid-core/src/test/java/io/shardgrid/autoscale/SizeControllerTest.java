package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.NOW;
import static io.shardgrid.autoscale.Samples.recommended;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.SizeVerdict.Basis;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SizeControllerTest {

  private static final int UNREADABLE = -1;

  private final SizeController controller =
      new SizeController(SizeRules.capped(new Bounds(2, 40), StabilizationWindows.NONE, 2));

  @Test
  void takesTheLargestProposal() {
    assertVerdict(decide(5, 3, 8, 6), 8, Basis.METRICS);
    assertVerdict(decide(5, 3, 4), 4, Basis.METRICS);
  }

  @Test
  void growsThoughAMetricCannotBeRead() {
    assertVerdict(decide(5, UNREADABLE, 7), 7, Basis.METRICS);
    assertVerdict(decide(5, UNREADABLE, 5), 5, Basis.METRICS);
  }

  @Test
  void shrinksOnlyIfEveryMetricCanBeRead() {
    SizeVerdict verdict = decide(5, UNREADABLE, 3);
    assertVerdict(verdict, 5, Basis.PARTLY_READ);
    assertThat(verdict.isProposal()).isFalse();
  }

  @Test
  void changesNothingIfNoMetricCanBeRead() {
    assertVerdict(decide(5, UNREADABLE, UNREADABLE), 5, Basis.NOTHING_READ);
    assertVerdict(decide(5), 5, Basis.NOTHING_READ);
    assertThat(decide(5).isProposal()).isFalse();
  }

  @Test
  void goesToItsBoundsAtOnceWithoutAskingMetrics() {
    assertVerdict(decide(50, UNREADABLE), 40, Basis.ABOVE_MAX);
    assertVerdict(decide(1, 30), 2, Basis.BELOW_MIN);
  }

  @Test
  void isSwitchedOffByASizeOfNought() {
    assertVerdict(decide(0, 30), 0, Basis.SWITCHED_OFF);
    SizeController fromNothing =
        new SizeController(SizeRules.capped(new Bounds(0, 40), StabilizationWindows.NONE, 2));
    assertThat(fromNothing.decide(0, proposals(2), ScaleHistory.NONE, NOW).nodes()).isEqualTo(2);
  }

  @Test
  void capsByTheOlderRuleWithoutABehavior() {
    assertThat(decide(3, 30).limit()).isEqualTo(SizeLimit.RATE_UP);
    assertThat(decide(3, 30).nodes()).isEqualTo(6);
    assertThat(decide(30, 50).limit()).isEqualTo(SizeLimit.MAX);
    assertThat(decide(30, 0).limit()).isEqualTo(SizeLimit.MIN);
  }

  @Test
  void looksBackBeforeItLimits() {
    StabilizationWindows windows = new StabilizationWindows(Duration.ZERO, Duration.ofMinutes(5));
    SizeController holding = new SizeController(SizeRules.capped(new Bounds(2, 40), windows, 2));
    ScaleHistory history = new ScaleHistory(List.of(recommended(8, 299)), List.of());
    SizeVerdict verdict = holding.decide(10, proposals(3), history, NOW);
    assertThat(verdict).isEqualTo(new SizeVerdict(8, Basis.METRICS, 3, 8, SizeLimit.NONE));
  }

  @Test
  void limitsByItsBehavior() {
    SizeController bounded =
        new SizeController(SizeRules.of(new Bounds(1, 1_000), ScalingBehavior.DEFAULT));
    assertThat(bounded.decide(10, proposals(50), ScaleHistory.NONE, NOW).nodes()).isEqualTo(20);
    assertThat(bounded.decide(1, proposals(50), ScaleHistory.NONE, NOW).nodes()).isEqualTo(5);
    assertThat(bounded.decide(10, proposals(2), ScaleHistory.NONE, NOW).nodes()).isEqualTo(2);
    ScaleHistory started = ScaleHistory.startingWith(10, NOW);
    assertThat(bounded.decide(10, proposals(2), started, NOW).nodes()).isEqualTo(10);
  }

  private SizeVerdict decide(int current, int... proposed) {
    return controller.decide(current, proposals(proposed), ScaleHistory.NONE, NOW);
  }

  private static List<MetricProposal> proposals(int... proposed) {
    return Arrays.stream(proposed)
        .boxed()
        .flatMap(
            nodes ->
                Stream.<MetricProposal>of(
                    nodes == UNREADABLE
                        ? new MetricProposal.Unreadable("No reading")
                        : new MetricProposal.Size(nodes, 0, 0)))
        .toList();
  }

  private static void assertVerdict(SizeVerdict verdict, int nodes, Basis basis) {
    assertThat(verdict.nodes()).isEqualTo(nodes);
    assertThat(verdict.basis()).isEqualTo(basis);
  }
}
