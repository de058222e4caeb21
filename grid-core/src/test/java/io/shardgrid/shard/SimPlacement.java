package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import org.jspecify.annotations.Nullable;

/** Where a simulation's placement comes from. */
interface SimPlacement {

  /** Makes the first placement. */
  void found();

  /** The newest committed entry of a shard; null before the first. */
  @Nullable PlacementEntry committed(int shard);

  /** A replica on this node asks for a change of the in-sync set. */
  void request(SimNode from, PlacementEntry base, NodeId node, boolean isAddition);

  /** A node has joined; members are told of it. */
  void joined(SimNode node);

  /** A node has crashed. */
  void crashed(SimNode node);

  /** A node is alone, or stands still, and lives on; how long until the members remove it. */
  long expelled(SimNode node);

  /** A node is to hand over all it has and to go. */
  void leave(SimNode node);

  /** A node is to have another share of the data. */
  void weigh(SimNode node, int weight);

  /** Another primary is named now, if there is a choice. */
  void depose(int shard);

  /**
   * Whether one more node may be lost now within what the protocol assumes.
   *
   * @param isLossAllowed whether the last copy of a shard may go with it
   */
  boolean mayLose(SimNode node, boolean isLossAllowed);

  /** The faults are over. */
  void calm();

  /** What must hold in the end, beyond what holds of the replicas. */
  void checkAtRest();
}
