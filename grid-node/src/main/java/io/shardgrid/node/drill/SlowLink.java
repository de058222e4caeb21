package io.shardgrid.node.drill;

import io.shardgrid.node.cli.Waiting;
import java.time.Duration;

/** All that one node says to the others, and they to it, comes later. */
final class SlowLink implements Drill {

  private static final Duration DELAY = Duration.ofMillis(100);
  private static final Duration SLOW = Duration.ofSeconds(12);

  @Override
  public int number() {
    return 7;
  }

  @Override
  public String title() {
    return "the connections of one node with the others are slow (100 ms each way), for 12 s";
  }

  @Override
  public String proves() {
    return "Slow connections cost time and no operation, and no node is taken out for them.";
  }

  @Override
  public Ground ground() {
    return Ground.RELAY;
  }

  @Override
  public boolean mayFail() {
    return false;
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("what passes between node c and the others takes 100 ms");
    scene.relay().slow("c", DELAY);
    Waiting.linger(SLOW);
    scene.demand(scene.serving().size() == 3, "all three nodes still serve");
    scene.network().mend();
    scene.note("the connections are as fast as before");
    scene.awaitWhole(3);
  }
}
