package io.shardgrid.autoscale;

import io.shardgrid.key.NodeId;

/** What is to be done about the size. */
public sealed interface ScaleAction {

  /** Nothing. */
  record Stay() implements ScaleAction {}

  /**
   * Nodes are to be started.
   *
   * @param nodes how many, 1 or more
   */
  record Add(int nodes) implements ScaleAction {}

  /** One node is to be drained, and ended when it has handed all over. */
  record Remove(NodeId node) implements ScaleAction {}
}
