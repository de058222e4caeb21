package io.shardgrid.actor;

import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.failure.GridException;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.net.EventLoops;
import io.shardgrid.net.LinkSecurity;
import org.jspecify.annotations.Nullable;

/** What an {@link Engine} needs of the node that outlives it. Thread-safe. */
interface EngineSurroundings {

  /** The threads of the node's connections. */
  EventLoops loops();

  /** What peers are made sure of by. */
  LinkSecurity security();

  /** The application's own numbers. */
  Gauges gauges();

  /** What the node's operations go by: its router, its rules, the stores of its maps. */
  NodeRoutes routes();

  /** Where operations are counted; null if they are not. */
  @Nullable NodeTally tally();

  /** What the process lets the autoscaler do; null if the node is embedded in an application. */
  @Nullable NodeProcess process();

  /** Placement or membership has changed. */
  void topologyChanged();

  /** The engine has stopped without having been asked to. */
  void expelled(Engine engine, GridException failure);
}
