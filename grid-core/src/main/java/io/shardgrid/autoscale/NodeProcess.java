package io.shardgrid.autoscale;

import io.shardgrid.autoscale.LoadReport.Means;

/**
 * What a process that is a node, and nothing else, lets the autoscaler do. Immutable.
 *
 * @param actuator starts and ends nodes; not closed with the grid
 * @param end ends this process in order, on another thread; may be called again
 */
public record NodeProcess(Actuator actuator, Runnable end) {

  /** What the node tells of it. */
  public Means means() {
    return new Means(true, actuator.name(), actuator.leaver());
  }
}
