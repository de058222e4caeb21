package io.shardgrid.node.drill;

import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.cli.ExitCode;
import java.util.List;
import java.util.OptionalInt;

/** Every node leaves in order and another takes its place, one after the other. */
final class RollingRestart implements Drill {

  @Override
  public int number() {
    return 14;
  }

  @Override
  public String title() {
    return "rolling restart of all three nodes";
  }

  @Override
  public boolean mayFail() {
    return false;
  }

  @Override
  public void strike(Scene scene) {
    for (String name : List.of("a", "b", "c")) {
      scene.struck("SIGTERM to node " + name);
      scene.node(name).terminate();
      OptionalInt code = scene.awaitExit(name, Scene.RECOVERY_MAX);
      scene.demand(
          code.isPresent() && code.getAsInt() == ExitCode.OK.number(),
          "node " + name + " ended with code 0: " + code);
      scene.awaitWhole(2);
      NodeChild next = scene.join(name + "-2");
      scene.awaitReady(next);
      scene.awaitBalanced(3);
    }
  }
}
