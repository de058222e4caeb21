package io.shardgrid.placement;

import java.util.function.LongConsumer;

/** Runs one seed: the way into the simulation that another class loader has loaded. */
public final class PlacementRun implements LongConsumer {

  @Override
  public void accept(long seed) {
    new SimulatedCluster(new SimulatedNetwork(seed, false)).run();
  }
}
