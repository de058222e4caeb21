package io.shardgrid;

import static io.shardgrid.RunningGrids.REFERENCE;
import static io.shardgrid.RunningGrids.awaitThat;
import static io.shardgrid.RunningGrids.fill;
import static io.shardgrid.RunningGrids.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.DecisionReport;
import io.shardgrid.autoscale.OrderState;
import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.map.AsyncMap;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Grids that start and end each other as their autoscaler decides, all in one JVM. */
final class AutoscalerIT {

  private static final int ENTRIES = 300;

  private volatile double demand = 2.9;
  private final SelfStartedGrids grids = new SelfStartedGrids(settings(), () -> demand);

  @AfterEach
  void stop() {
    grids.close();
  }

  private static GridSettings settings() {
    return GridSettings.from(
            ConfigFactory.parseString(
                """
                grid.shards = 32
                grid.autoscale {
                  mode = act
                  interval = 1s
                  report-interval = 200ms
                  warm-up = 0s
                  start-timeout = 15s
                  nodes-max = 6
                  down.stabilization = 3s
                  metrics {
                    cpu.source = off
                    memory.source = off
                    demand { source = gauge, gauge = demand, target = 1 }
                  }
                }
                """))
        .withJoinTimeout(RunningGrids.PATIENCE);
  }

  @Test
  void growsAndShrinksWithWhatIsWantedAndKeepsTheData() {
    List<Grid> nodes = grids.found("a", "b", "c");
    AsyncMap<String, String> map = map(nodes.get(0));
    fill(map, ENTRIES, "value");
    demand = 4.9;
    awaitThat(() -> isAtRest(nodes.get(0), 5));
    demand = 2.9;
    awaitThat(() -> nodes.stream().anyMatch(node -> isAtRest(node, 3)));
    Grid left = nodes.stream().filter(node -> isAtRest(node, 3)).findFirst().orElseThrow();
    assertHolds(map(left));
    assertThat(grids.started).as("orders that started a node each").hasSize(2);
    assertThat(texts(left))
        .anyMatch(text -> text.contains("Nodes are to come: coming=2"))
        .anyMatch(text -> text.contains("A node is to go"))
        .anyMatch(text -> text.startsWith("Done"));
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // on later ones the one above has to do
  void takesUpAnOrderOfAnAutoscalerWhoseNodeCrashes() {
    List<Grid> nodes = grids.found("a", "b", "c");
    fill(map(nodes.get(1)), ENTRIES, "value");
    demand = 4.9;
    awaitThat(() -> hasOrder(nodes.get(1), OrderState.COMING));
    Grid first = nodes.get(0);
    assertThat(report(nodes.get(1)).node()).isEqualTo(first.self());
    first.closeNow();
    // The two that were ordered come; the one that crashed is decided about anew.
    awaitThat(() -> isAtRest(nodes.get(1), 5));
    assertThat(grids.started).hasSize(3);
    assertThat(texts(nodes.get(1))).anyMatch(text -> text.contains("order=1"));
    assertHolds(map(nodes.get(1)));
    demand = 2.9;
    Grid second = nodes.get(1);
    awaitThat(() -> hasOrder(second, OrderState.DRAINING, OrderState.VERIFYING));
    Grid decider = grids.named(report(second).node());
    Grid other = decider == second ? nodes.get(2) : second;
    decider.closeNow();
    awaitThat(() -> isAtRest(other, 3));
    assertHolds(map(other));
    assertThat(grids.started).hasSize(3);
  }

  @Test
  void advisesAndDoesNothingUnlessItIsToAct() {
    try (RunningGrids advised = new RunningGrids()) {
      Grid grid = advised.start(settings().with("autoscale.mode", "advise"));
      grid.gauge("demand", () -> 5);
      awaitThat(
          () ->
              report(grid).decisions().stream()
                  .anyMatch(decision -> decision.change() == 2 && isDueToTheFloor(decision)));
      assertThat(grid.members()).hasSize(1);
      assertThat(report(grid).order()).isNull();
    }
  }

  @Test
  void decidesNothingIfItIsOff() {
    try (RunningGrids off = new RunningGrids()) {
      Grid grid = off.start(REFERENCE.with("autoscale.mode", "off"));
      AutoscaleReport report = report(grid);
      assertThat(report.isInCharge()).isFalse();
      assertThat(report.made().all()).isZero();
    }
  }

  private static boolean isDueToTheFloor(DecisionReport decision) {
    return decision.reasons().stream().anyMatch(reason -> reason.cause() == Cause.FLOOR);
  }

  private static boolean isAtRest(Grid grid, int size) {
    Set<Standing> standings = new TreeSet<>();
    grid.members().forEach(member -> standings.add(member.standing()));
    return grid.members().size() == size
        && standings.equals(Set.of(Standing.UP))
        && hasNoOrder(grid)
        && grid.migrations().toCompletableFuture().join().totals().running() == 0;
  }

  private static boolean hasNoOrder(Grid grid) {
    try {
      AutoscaleReport report = report(grid);
      return report.isInCharge() && report.order() == null;
    } catch (CompletionException e) {
      return false;
    }
  }

  private static boolean hasOrder(Grid grid, OrderState... states) {
    try {
      AutoscaleReport.Order order = report(grid).order();
      return order != null && List.of(states).contains(order.state());
    } catch (CompletionException e) {
      return false;
    }
  }

  private static AutoscaleReport report(Grid grid) {
    return grid.autoscale(20).toCompletableFuture().join();
  }

  private static List<String> texts(Grid grid) {
    return report(grid).notes().stream().map(ScaleNote::text).toList();
  }

  private static AsyncMap<String, String> map(Grid grid) {
    return strings(grid, "m").withTimeout(Duration.ofSeconds(30));
  }

  private static void assertHolds(AsyncMap<String, String> map) {
    for (int i = 0; i < ENTRIES; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
    }
  }
}
