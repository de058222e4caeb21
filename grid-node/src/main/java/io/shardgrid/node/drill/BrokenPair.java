package io.shardgrid.node.drill;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.node.network.BreakableNetwork.Scope;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Two nodes cannot talk to each other, while all other connections work. Immutable.
 *
 * @param scope which connections between them are cut
 */
record BrokenPair(Scope scope) implements Drill {

  private static final Duration CUT = Duration.ofSeconds(12);
  private static final Duration EXIT_MAX = Duration.ofSeconds(30);

  @Override
  public int number() {
    return 6;
  }

  @Override
  public String title() {
    return "two of three nodes cannot talk to each other, "
        + (scope == Scope.ALL ? "on any port" : "on the links that carry data, for 12 s");
  }

  @Override
  public String proves() {
    return scope == Scope.PEER_LINKS
        ? "Nobody is taken out while others reach both: shards of the two go on without the backup"
            + " on the other one."
        : "One of the two is taken out and not both, and never one that has the only copy of a"
            + " shard.";
  }

  @Override
  public Ground ground() {
    return Ground.BREAKABLE;
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("nodes b and c cannot talk to each other");
    scene.network().cut("b", "c", scope);
    if (scope == Scope.PEER_LINKS) {
      Waiting.linger(CUT);
      scene.demand(scene.serving().size() == 3, "all three nodes still serve");
      scene.network().mend();
      scene.note("the cut is mended");
      scene.awaitWhole(3);
      return;
    }
    OptionalInt code = scene.awaitExit("c", EXIT_MAX);
    scene.demand(
        code.isPresent() && code.getAsInt() == ExitCode.EXPELLED.number(),
        "of the two, c was taken out, the one of the higher address, and ended with code 5: "
            + (code.isPresent() ? code.getAsInt() : "no"));
    scene.demand(scene.serving().size() == 2, "the two others still serve");
    scene.awaitWhole(2);
  }
}
