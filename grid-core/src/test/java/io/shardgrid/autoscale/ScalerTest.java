package io.shardgrid.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One autoscaler whose every question is answered at once. */
final class ScalerTest implements ScalerEffects {

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> done = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private List<MemberView> members = members(5);
  private Scaler scaler = new Scaler(1, id(0), settings(AutoscaleMode.ACT), this);
  private ScaleState kept = ScaleState.NONE;
  private long stamp;
  private long seconds;
  private long clockShift;
  private boolean isDrained = true;

  private static NodeId id(int node) {
    return new NodeId("n" + node, 1, node);
  }

  private static List<MemberView> members(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> new MemberView(id(n), "n" + n, "z", 1, 1, 1, 1, Standing.UP))
        .toList();
  }

  private static AutoscaleSettings settings(AutoscaleMode mode) {
    return new AutoscaleSettings(
        mode,
        TestCluster.settings(Duration.ofSeconds(20)),
        List.of(
            new MetricRule(
                MetricSource.OPERATIONS,
                "",
                new MetricSpec("operations", MetricSpec.Kind.NODES_AVERAGE, 100_000))),
        new AutoscaleSettings.Pace(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60)));
  }

  /** Lets seconds pass in which each node reads what this makes of its number. */
  private void pass(int count, DoubleUnaryOperator reading) {
    for (int i = 0; i < count; i++) {
      seconds++;
      scaler.members(members);
      for (int node = 0; node < members.size(); node++) {
        double value = reading.applyAsDouble(node);
        if (value != Double.MAX_VALUE) {
          scaler.reported(report(members.get(node).id(), value), now());
        }
      }
      scaler.tick(now(), seconds * 1_000_000_000L);
      List<Runnable> due = List.copyOf(answers);
      answers.clear();
      due.forEach(Runnable::run);
    }
  }

  private Instant now() {
    return EPOCH.plusSeconds(seconds + clockShift);
  }

  private LoadReport report(NodeId node, double value) {
    return new LoadReport(
        node,
        3_600_000,
        0,
        new LoadReport.Bytes(1_000, 2_000, 10_000),
        new LoadReport.Work(value, 0, 0),
        Map.of(),
        new LoadReport.Means(true, "test", Leaver.ANY));
  }

  private DecisionReport last() {
    return scaler.report(1).decisions().get(0);
  }

  private static boolean isDueTo(DecisionReport decision, Cause cause) {
    return decision.reasons().stream().anyMatch(reason -> reason.cause() == cause);
  }

  @Test
  void asksForNodesWhenMoreAreWanted() {
    pass(10, node -> 125);
    assertThat(done).contains("carry out 1 5 -> 7");
    members = members(7);
    pass(5, node -> 90);
    assertThat(done).contains("Done: order=1; Nodes have come: nodes=7");
    assertThat(kept.order()).isNull();
  }

  @Test
  void doesNotBelieveAStandstillOfNodesThatWereBusy() {
    pass(10, node -> 100);
    pass(100, node -> 0);
    assertThat(isDueTo(last(), Cause.STANDSTILL)).isTrue();
    assertThat(done).noneMatch(text -> text.startsWith("drain"));
    pass(600, node -> 0);
    assertThat(done).contains("drain n0");
  }

  @Test
  void believesThatNodesAreIdleWhichWereNeverBusy() {
    pass(5, node -> 3);
    pass(40, node -> 0);
    assertThat(done).contains("drain n0");
  }

  @Test
  void givesUpNodesThatDoNotCome() {
    pass(45, node -> 125);
    assertThat(done)
        .anyMatch(text -> text.startsWith("Given up: order=1; It was not done in time"));
  }

  @Test
  void drainsComparesAndEndsOneNode() {
    pass(40, node -> 30);
    assertThat(done)
        .containsSubsequence("drain n0", "verify", "carry out 1 5 -> 4", "end n0")
        .doesNotContain("carry out 2 5 -> 4");
    members = members.subList(1, 5);
    pass(5, node -> 30);
    assertThat(done).contains("Done: order=1; The node has gone: node=n0");
  }

  @Test
  void letsANodeStayThatTheDataNeedsSinceOthersHaveGone() {
    isDrained = false;
    pass(40, node -> 30);
    assertThat(done).contains("drain n0");
    members = members.subList(0, 3);
    pass(5, node -> 30);
    assertThat(done)
        .contains("Given up: order=1; The data needs the node, as others have gone: node=n0")
        .doesNotContain("end n0");
  }

  @Test
  void removesNothingOnReadingsThatMakeNoSenseForMinutes() {
    for (double wrong : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
      pass(120, node -> node == 3 ? wrong : 30);
      assertThat(isDueTo(last(), Cause.DOUBTFUL_READING)).isTrue();
      assertThat(last().change()).isZero();
    }
    assertThat(done).isEmpty();
  }

  @Test
  void removesNothingWhileANodeSaysNothingForMinutes() {
    pass(300, node -> node == 3 ? Double.MAX_VALUE : 30);
    assertThat(done).isEmpty();
    assertThat(isDueTo(last(), Cause.ROOM_UNKNOWN)).isTrue();
    pass(15, node -> 95);
    pass(300, node -> node == 3 ? Double.MAX_VALUE : 85);
    assertThat(done).isEmpty();
    assertThat(isDueTo(last(), Cause.DOUBTFUL_READING)).isTrue();
  }

  @Test
  void removesNothingOnTheWordOfALiar() {
    pass(300, node -> node == 3 ? 0 : 60);
    assertThat(done).isEmpty();
    assertThat(isDueTo(last(), Cause.DOUBTFUL_READING)).isTrue();
  }

  @Test
  void removesNothingForAWholeWindowAfterTheClockHasJumped() {
    pass(22, node -> 30);
    clockShift = 3_600;
    pass(19, node -> 30);
    assertThat(done).isEmpty();
    clockShift = -3_600;
    pass(19, node -> 30);
    assertThat(done).isEmpty();
    assertThat(scaler.report(10).decisions())
        .anyMatch(decision -> isDueTo(decision, Cause.CLOCK_JUMPED));
    pass(20, node -> 30);
    assertThat(done).contains("drain n0");
  }

  @Test
  void onlyAdvisesUnlessItIsToAct() {
    scaler = new Scaler(1, id(0), settings(AutoscaleMode.ADVISE), this);
    pass(60, node -> 125);
    assertThat(done).hasSize(1).allMatch(text -> text.startsWith("Advice: Nodes are to come"));
    assertThat(last().change()).isEqualTo(2);
    assertThat(kept.order()).isNull();
  }

  @Test
  void decidesNothingIfItIsOff() {
    scaler = new Scaler(1, id(0), settings(AutoscaleMode.OFF), this);
    pass(60, node -> 125);
    assertThat(done).isEmpty();
    assertThat(scaler.report(1).decisions()).isEmpty();
  }

  @Test
  void takesUpWhatItsPredecessorHadOrdered() {
    pass(10, node -> 125);
    scaler = new Scaler(2, id(1), settings(AutoscaleMode.ACT), this);
    done.clear();
    pass(5, node -> 125);
    assertThat(done).contains("carry out 1 5 -> 7").doesNotContain("carry out 2 5 -> 7");
    assertThat(kept.run()).isEqualTo(2);
    assertThat(Objects.requireNonNull(kept.order()).number()).isEqualTo(1);
  }

  @Override
  public void consult(long over, @Nullable ScaleState state) {
    if (state != null && over == stamp) {
      stamp++;
      kept = state;
    }
    long nanos = seconds * 1_000_000_000L;
    answers.add(() -> scaler.consulted(stamp, kept, new Activity(false, 0, 0), nanos));
  }

  @Override
  public void carryOut(NodeId by, ScaleOrder order) {
    done.add("carry out " + order.number() + " " + order.before() + " -> " + order.nodes());
    answers.add(() -> scaler.provided(order.number(), new Provision.Accepted("on their way")));
  }

  @Override
  public void drain(NodeId node, long order) {
    done.add("drain " + node.host());
    answers.add(() -> scaler.drained(order, isDrained, "left=0"));
  }

  @Override
  public void verify(long order) {
    done.add("verify");
    answers.add(() -> scaler.verified(order, true, "equal"));
  }

  @Override
  public void end(NodeId node, long order) {
    done.add("end " + node.host());
  }

  @Override
  public void tell(ScaleNote note) {
    if (!note.text().contains(" is to go") && !note.text().startsWith("Nodes are to come")) {
      done.add(note.text());
    }
  }

  @Override
  public void warn(ScaleNote note) {
    done.add(note.text());
  }

  @Override
  public void replaced() {
    done.add("replaced");
  }
}
