package io.shardgrid.node.drill;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.node.network.BreakableNetwork.Scope;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * One node is cut off from the others, while clients reach all of them, and the cut is mended
 * later. The others go on with its shards; it may answer nothing wrong meanwhile, and ends.
 */
final class Partition implements Drill {

  private static final Duration CUT = Duration.ofSeconds(12);
  private static final Duration EXIT_MAX = Duration.ofSeconds(20);

  @Override
  public int number() {
    return 5;
  }

  @Override
  public String title() {
    return "one node is cut off from the others, for 12 s";
  }

  @Override
  public String proves() {
    return "The majority serves on without a node that is cut off, which stops by itself and comes"
        + " back empty.";
  }

  @Override
  public Ground ground() {
    return Ground.BREAKABLE;
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("node c is cut off from a and b");
    scene.network().cut("c", "a", Scope.ALL);
    scene.network().cut("c", "b", Scope.ALL);
    Waiting.linger(CUT);
    scene.network().mend();
    scene.note("the cut is mended");
    OptionalInt code = scene.awaitExit("c", EXIT_MAX);
    scene.demand(
        code.isPresent() && code.getAsInt() == ExitCode.EXPELLED.number(),
        "the node that was cut off ended with code 5: "
            + (code.isPresent() ? code.getAsInt() : "no"));
    scene.awaitWhole(2);
    scene.awaitReady(scene.join("c"));
    scene.awaitBalanced(3);
  }
}
