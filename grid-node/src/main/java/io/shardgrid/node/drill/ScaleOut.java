package io.shardgrid.node.drill;

import io.shardgrid.node.child.NodeChild;

/** A fourth node joins three. */
final class ScaleOut implements Drill {

  @Override
  public int number() {
    return 8;
  }

  @Override
  public String title() {
    return "a fourth node joins three";
  }

  @Override
  public String proves() {
    return "Shards spread to a further node while they are read and written, and no operation fails.";
  }

  @Override
  public boolean mayFail() {
    return false;
  }

  @Override
  public void strike(Scene scene) {
    scene.struck("start of node d");
    NodeChild fourth = scene.join("d");
    scene.awaitReady(fourth);
    scene.awaitBalanced(4);
  }
}
