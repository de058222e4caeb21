package io.shardgrid.node.drill;

import io.shardgrid.node.cli.ExitCode;
import java.util.OptionalInt;

/** One of four nodes leaves in order. */
final class Drain implements Drill {

  @Override
  public int number() {
    return 9;
  }

  @Override
  public String title() {
    return "one of four nodes leaves (SIGTERM)";
  }

  @Override
  public Setup setup() {
    return new Setup(4, 1, "", 0);
  }

  @Override
  public boolean mayFail() {
    return false;
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("SIGTERM to node d");
    scene.node("d").terminate();
    OptionalInt code = scene.awaitExit("d", Scene.RECOVERY_MAX);
    scene.demand(
        code.isPresent() && code.getAsInt() == ExitCode.OK.number(),
        "the node ended with code 0: " + code);
    scene.awaitBalanced(3);
  }
}
