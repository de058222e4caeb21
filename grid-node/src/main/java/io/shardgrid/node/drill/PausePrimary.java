package io.shardgrid.node.drill;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A node stands still for a while and then goes on, as in a long pause of a virtual machine. It may
 * have been expelled by then, and ends; its data may not come back to life.
 */
final class PausePrimary implements Drill {

  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration EXIT_MAX = Duration.ofSeconds(20);

  @Override
  public int number() {
    return 4;
  }

  @Override
  public String title() {
    return "a node stands still for 10 s (SIGSTOP, SIGCONT)";
  }

  @Override
  public String proves() {
    return "A node that stands still and wakes up answers nothing that is no longer true.";
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("SIGSTOP to node c");
    scene.node("c").pause();
    Waiting.linger(PAUSE);
    scene.note("SIGCONT to node c");
    scene.node("c").resume();
    OptionalInt code = scene.awaitExit("c", EXIT_MAX);
    if (code.isPresent()) {
      scene.demand(
          code.getAsInt() == ExitCode.EXPELLED.number(),
          "the node was expelled and ended with code 5: " + code.getAsInt());
      scene.awaitWhole(2);
    } else {
      scene.awaitWhole(3);
    }
  }
}
