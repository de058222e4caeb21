package io.shardgrid.node.drill;

/** A node crashes. */
final class KillNode implements Drill {

  @Override
  public int number() {
    return 1;
  }

  @Override
  public String title() {
    return "a node crashes (kill -9)";
  }

  @Override
  public String proves() {
    return "No acknowledged write is lost and no operation fails when a node crashes: the backups"
        + " take over.";
  }

  @Override
  public boolean mayFail() {
    return false;
  }

  @Override
  public void strike(Scene scene) {
    scene.kill("c");
    scene.awaitWhole(2);
  }
}
