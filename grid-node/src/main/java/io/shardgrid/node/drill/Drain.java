package io.shardgrid.node.drill;

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
  public String proves() {
    return "A node that leaves hands all it has to the others first, and no operation fails.";
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
    scene.awaitOrderlyEnd("d");
    scene.awaitBalanced(3);
  }
}
