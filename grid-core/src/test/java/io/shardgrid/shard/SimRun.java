package io.shardgrid.shard;

import java.util.function.LongConsumer;

/** Runs one seed: the way into a simulation that another class loader has loaded. */
public final class SimRun implements LongConsumer {

  @Override
  public void accept(long seed) {
    new Simulation(seed, false).run();
  }
}
