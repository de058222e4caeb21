package io.shardgrid.node.drill;

import io.shardgrid.node.cli.ScalingPage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The node on which the autoscaler runs crashes while an order is carried out: nodes are to come
 * (18), or one is drained (19). Another one sees the order through. Immutable.
 */
record KillAutoscaler(int number) implements Drill {

  private static final int WHEN_NODES_COME = 18;
  private static final int PUMP_RATE = 1_300;
  private static final int MOST = 5;
  private static final int FEWEST = 3;

  private boolean isAmidGrowth() {
    return number == WHEN_NODES_COME;
  }

  @Override
  public String title() {
    return "the autoscaler's node crashes while "
        + (isAmidGrowth() ? "nodes come" : "one is drained")
        + " (kill -9)";
  }

  @Override
  public String proves() {
    return "The next autoscaler finishes what the one that crashed had begun, once.";
  }

  @Override
  public Setup setup() {
    return Setup.ELASTIC;
  }

  @Override
  public void strike(Scene scene) {
    if (isAmidGrowth()) {
      strikeWhileNodesCome(scene);
    } else {
      strikeWhileOneIsDrained(scene);
    }
  }

  private static void strikeWhileNodesCome(Scene scene) {
    scene.note("more is written, for which five nodes are wanted");
    Pump.during(scene.client(), PUMP_RATE, () -> killWhileNodesCome(scene));
  }

  private static void killWhileNodesCome(Scene scene) {
    Optional<ScalingPage> page =
        scene.awaitScaling("nodes are to come", one -> isInState(one, "coming"));
    if (page.isPresent()) {
      scene.kill(page.get().node());
      awaitTakenUp(scene, page.get());
      scene.awaitWhole(MOST);
    }
  }

  private static void strikeWhileOneIsDrained(Scene scene) {
    scene.note("more is written, for which five nodes are wanted");
    AtomicBoolean hasGrown = new AtomicBoolean();
    Pump.during(scene.client(), PUMP_RATE, () -> hasGrown.set(scene.awaitGrown(MOST)));
    if (!hasGrown.get()) {
      return;
    }
    scene.note("less is written, for which the fewest nodes do");
    Optional<ScalingPage> page =
        scene.awaitScaling(
            "another node than the autoscaler's is drained", KillAutoscaler::isDrainingAnother);
    if (page.isPresent()) {
      scene.kill(page.get().node());
      awaitTakenUp(scene, page.get());
      scene.awaitWhole(FEWEST);
    }
  }

  private static boolean isInState(ScalingPage page, String state) {
    ScalingPage.Order order = page.order();
    return order != null && order.state().equals(state);
  }

  private static boolean isDrainingAnother(ScalingPage page) {
    ScalingPage.Order order = page.order();
    return isInState(page, "draining") && order != null && !page.node().equals(order.leaving());
  }

  /** Demands that another autoscaler brings the order of the one that crashed to its end, once. */
  private static void awaitTakenUp(Scene scene, ScalingPage before) {
    ScalingPage.Order order = before.order();
    String ended = "Done: order=%d;".formatted(order == null ? 0 : order.number());
    Optional<ScalingPage> after =
        scene.awaitScaling(
            "the order is carried out by another autoscaler",
            page -> !page.node().equals(before.node()) && count(page, ended) > 0);
    after.ifPresent(
        page ->
            scene.demand(
                count(page, ended) == 1,
                "%s carried out by %s what %s had begun, once"
                    .formatted(
                        "order " + (order == null ? 0 : order.number()),
                        page.node(),
                        before.node())));
  }

  private static long count(ScalingPage page, String beginning) {
    return page.notes().stream().filter(note -> note.text().startsWith(beginning)).count();
  }
}
