package io.shardgrid.node.drill;

import io.shardgrid.node.child.NodeChild;
import java.util.List;

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
  public String proves() {
    return "All nodes can be replaced one after the other while the grid is used, and no operation"
        + " fails.";
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
      scene.awaitOrderlyEnd(name);
      scene.awaitWhole(2);
      NodeChild next = scene.join(name + "-2");
      scene.awaitReady(next);
      scene.awaitBalanced(3);
    }
  }
}
