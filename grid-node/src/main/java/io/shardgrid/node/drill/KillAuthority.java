package io.shardgrid.node.drill;

/** The node crashes on which the placement authority runs: the oldest member, so the founder. */
final class KillAuthority implements Drill {

  @Override
  public int number() {
    return 2;
  }

  @Override
  public String title() {
    return "the authority's node crashes (kill -9)";
  }

  @Override
  public String proves() {
    return "The cluster goes on when the node crashes that decides where shards are: the next"
        + " oldest takes that over.";
  }

  @Override
  public void strike(Scene scene) {
    scene.kill("a");
    scene.awaitWhole(2);
  }
}
