package io.shardgrid.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.MetricProposal.Size;
import io.shardgrid.autoscale.NodeSample.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class ReplicaCalculatorPropertyTest {

  private final ReplicaCalculator calculator = new ReplicaCalculator(Tolerance.DEFAULT);

  @Property(tries = 500)
  void asksForNoFewerNodesWhenTheLoadIsHigher(
      @ForAll @IntRange(min = 1, max = 200) int nodes,
      @ForAll @IntRange(min = 1, max = 100) int target,
      @ForAll @LongRange(min = 0, max = 5_000) long load,
      @ForAll @LongRange(min = 0, max = 5_000) long more) {
    assertThat(ofUtilization(nodes, target, load + more))
        .isGreaterThanOrEqualTo(ofUtilization(nodes, target, load));
    assertThat(nodes(calculator.average(nodes, target, load + more)))
        .isGreaterThanOrEqualTo(nodes(calculator.average(nodes, target, load)));
    assertThat(nodes(calculator.value(nodes, target, load + more, nodes)))
        .isGreaterThanOrEqualTo(nodes(calculator.value(nodes, target, load, nodes)));
  }

  @Property(tries = 500)
  void changesNothingWithinTheTolerance(
      @ForAll @IntRange(min = 1, max = 1_000) int nodes,
      @ForAll @LongRange(min = 10, max = 1_000_000) long target,
      @ForAll @IntRange(min = -100, max = 100) int thousandths) {
    long level =
        target
            + Math.floorDiv(target * Math.abs(thousandths), 1_000L) * Integer.signum(thousandths);
    List<NodeSample> samples = Collections.nCopies(nodes, new NodeSample(State.READY, level, null));
    assertThat(nodes(calculator.nodesMetric(nodes, target, samples))).isEqualTo(nodes);
  }

  @Property(tries = 500)
  void makesNoLargerStepForNodesThatItKnowsNothingOf(
      @ForAll("samples") List<NodeSample> samples,
      @ForAll @IntRange(min = 1, max = 20) int unknown,
      @ForAll @IntRange(min = 1, max = 100) int target) {
    int size = samples.size();
    int known = ofReady(size, target, samples);
    List<NodeSample> with = new ArrayList<>(samples);
    with.addAll(Collections.nCopies(unknown, new NodeSample(State.READY, null, 1_000L)));
    int wanted = nodes(calculator.resourceUtilization(size + unknown, target, with));
    if (known > size) {
      // What is cut off of the percents of few nodes is more than of many: compare with all of it.
      long sum =
          samples.stream().mapToLong(sample -> Objects.requireNonNull(sample.reading())).sum();
      long whole = -Math.floorDiv(-sum, 10L * target);
      assertThat((long) wanted).isLessThanOrEqualTo(Math.max(size + unknown, whole + 1));
    } else {
      assertThat(wanted).isGreaterThanOrEqualTo(known);
    }
  }

  @Property(tries = 1_000)
  void endsInAProposalOrAReasonWhateverItIsGiven(
      @ForAll int current,
      @ForAll long target,
      @ForAll long total,
      @ForAll("anything") List<NodeSample> samples) {
    for (MetricProposal proposal :
        List.of(
            calculator.resourceUtilization(current, target, samples),
            calculator.nodesMetric(current, target, samples),
            calculator.value(current, target, total, samples.size()),
            calculator.average(current, target, total))) {
      if (proposal instanceof Size size) {
        assertThat(size.nodes()).isNotNegative();
      }
    }
  }

  @Property(tries = 500)
  void neverPutsALimitOnTheWrongSideOfTheSize(
      @ForAll @IntRange(min = 0, max = 10_000) int current,
      @ForAll("rules") ScalingRules rules,
      @ForAll("events") List<ScaleEvent> events) {
    assertThat(RateLimit.up(current, rules, events, Samples.NOW)).isGreaterThanOrEqualTo(current);
    assertThat(RateLimit.down(current, rules, events, Samples.NOW)).isLessThanOrEqualTo(current);
  }

  @Property(tries = 500)
  void neverTurnsAChangeRoundByLookingBackOrLimiting(
      @ForAll @IntRange(min = 1, max = 50) int current,
      @ForAll @IntRange(min = 1, max = 50) int desired,
      @ForAll("rules") ScalingRules rules,
      @ForAll("events") List<ScaleEvent> events) {
    SizeRules sizes = SizeRules.of(new Bounds(1, 50), new ScalingBehavior(rules, rules));
    List<Recommendation> history =
        events.stream()
            .map(event -> new Recommendation(Math.abs(event.change()), event.at()))
            .toList();
    int stabilized = sizes.windows().stabilized(current, desired, history, Samples.NOW);
    int limited = LimitedSize.byRate(current, stabilized, sizes, events, Samples.NOW).nodes();
    assertThat(limited)
        .isBetween(Math.min(current, desired), Math.max(current, desired))
        .isBetween(1, 50);
  }

  @Provide
  Arbitrary<List<NodeSample>> samples() {
    return Arbitraries.longs()
        .between(0, 3_000)
        .map(reading -> new NodeSample(State.READY, reading, 1_000L))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<NodeSample>> anything() {
    return Combinators.combine(
            Arbitraries.of(State.class),
            Arbitraries.longs().injectNull(0.2),
            Arbitraries.longs().injectNull(0.2))
        .as(NodeSample::new)
        .list()
        .ofMaxSize(10);
  }

  @Provide
  Arbitrary<ScalingRules> rules() {
    Arbitrary<ScalingPolicy> policies =
        Combinators.combine(
                Arbitraries.of(ScalingPolicy.Unit.class),
                Arbitraries.integers().between(0, 300),
                Arbitraries.integers().between(0, 600))
            .as(Samples::policy);
    return Combinators.combine(
            Arbitraries.of(ScalingRules.Select.class),
            Arbitraries.integers().between(0, 600),
            policies.list().ofMaxSize(4))
        .as((select, window, list) -> new ScalingRules(select, Duration.ofSeconds(window), list));
  }

  @Provide
  Arbitrary<List<ScaleEvent>> events() {
    return Combinators.combine(
            Arbitraries.integers().between(-50, 50), Arbitraries.integers().between(0, 900))
        .as((change, age) -> Samples.changed(change, age))
        .list()
        .ofMaxSize(20);
  }

  private int ofUtilization(int nodes, int target, long reading) {
    List<NodeSample> samples =
        Collections.nCopies(nodes, new NodeSample(State.READY, reading, 1_000L));
    return ofReady(nodes, target, samples);
  }

  private int ofReady(int nodes, int target, List<NodeSample> samples) {
    return nodes(calculator.resourceUtilization(nodes, target, samples));
  }

  private static int nodes(MetricProposal proposal) {
    assertThat(proposal).isInstanceOf(Size.class);
    return ((Size) proposal).nodes();
  }
}
