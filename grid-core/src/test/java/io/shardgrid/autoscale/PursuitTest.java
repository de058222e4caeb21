package io.shardgrid.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.LoadReport.Bytes;
import io.shardgrid.autoscale.LoadReport.Means;
import io.shardgrid.autoscale.LoadReport.Work;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A removal in the hands of an autoscaler that did not give the order. */
final class PursuitTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:30:00Z");
  private static final ScaleOrder REMOVAL = new ScaleOrder(3, 4, 3, "node-0", NOW);
  private static final ScaleOrder GROWTH = new ScaleOrder(4, 3, 5, "", NOW);
  private static final long SECONDS_2 = Duration.ofSeconds(2).toNanos();
  private static final AutoscaleSettings SETTINGS =
      new AutoscaleSettings(
          AutoscaleMode.ACT,
          TestCluster.settings(Duration.ofSeconds(20)),
          List.of(),
          new AutoscaleSettings.Pace(
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofMinutes(1),
              Duration.ofMinutes(1)));

  private final List<String> asked = new ArrayList<>();
  private final LoadBoard board = new LoadBoard(List.of());
  private final Pursuit pursuit =
      new Pursuit(REMOVAL, SETTINGS, TestCluster.id(1), board, new Asked(), 0);

  /** Notes what is asked. */
  private final class Asked implements ScalerEffects {
    @Override
    public void consult(long over, @Nullable ScaleState state) {}

    @Override
    public void carryOut(NodeId by, ScaleOrder order) {
      asked.add("carry out");
    }

    @Override
    public void drain(NodeId node, long order) {
      asked.add("drain");
    }

    @Override
    public void verify(long order) {
      asked.add("verify");
    }

    @Override
    public void end(NodeId node, long order) {
      asked.add("end");
    }

    @Override
    public void tell(ScaleNote note) {}

    @Override
    public void warn(ScaleNote note) {}

    @Override
    public void replaced() {}
  }

  private void members(int... nodes) {
    board.members(
        IntStream.of(nodes)
            .mapToObj(
                node ->
                    new MemberView(
                        TestCluster.id(node), "node-" + node, "z", 1, 1, 2, 3, Standing.UP))
            .toList());
    IntStream.of(nodes)
        .forEach(
            node ->
                board.reported(
                    new LoadReport(
                        TestCluster.id(node),
                        60_000,
                        0,
                        new Bytes(100, 200, TestCluster.BYTES_MAX),
                        new Work(0, 0, 0),
                        Map.of(),
                        new Means(true, "local", Actuator.Leaver.ANY)),
                    NOW));
  }

  @Test
  void bringsAnOrderToItsEndWhoseNodeHasGoneAlready() {
    members(1, 2, 3);
    pursuit.tick(NOW, 0);
    assertThat(pursuit.state()).isEqualTo(OrderState.ENDING);
    assertThat(asked).containsExactly("carry out");
    pursuit.provided(new Provision.Accepted("gone"));
    pursuit.tick(NOW, 1);
    assertThat(pursuit.state()).isEqualTo(OrderState.DONE);
    assertThat(pursuit.text()).isEqualTo("The node has gone: node=node-0");
  }

  @Test
  void asksSoonAgainWhileOnlyAPartIsDone() {
    Pursuit growth = new Pursuit(GROWTH, SETTINGS, TestCluster.id(1), board, new Asked(), 0);
    members(1, 2, 3);
    growth.tick(NOW, 0);
    growth.provided(new Provision.Begun("one of two"));
    growth.tick(NOW, SECONDS_2);
    assertThat(asked).containsExactly("carry out", "carry out");
    assertThat(growth.text()).isEqualTo("one of two");

    growth.provided(new Provision.Accepted("both"));
    growth.tick(NOW, 2 * SECONDS_2);
    assertThat(asked).hasSize(2);
    assertThat(growth.text()).isEqualTo("Nodes are to come: wanted=5, found=3");
  }

  @Test
  void drainsAgainANodeThatIsStillThere() {
    members(0, 1, 2, 3);
    pursuit.tick(NOW, 0);
    assertThat(pursuit.state()).isEqualTo(OrderState.DRAINING);
    assertThat(asked).containsExactly("drain");
  }

  @Test
  void givesUpANodeThatWasThereAndHasGoneUndrained() {
    members(0, 1, 2, 3);
    pursuit.tick(NOW, 0);
    members(1, 2, 3);
    pursuit.tick(NOW, 1);
    assertThat(pursuit.state()).isEqualTo(OrderState.GIVEN_UP);
  }

  @Test
  void concludesNothingBeforeItKnowsTheMembers() {
    pursuit.tick(NOW, 0);
    assertThat(pursuit.state()).isEqualTo(OrderState.GIVEN);
    assertThat(asked).isEmpty();
  }
}
