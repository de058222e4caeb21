package io.shardgrid.node.provision;

import io.shardgrid.autoscale.ScaleOrder;

/** What is to be done about a number of replicas that is set, so that an order is carried out. */
sealed interface ReplicaStep {

  /** Nothing: it is as the order wants it, or better. */
  record Nothing(String text) implements ReplicaStep {}

  /** It has to be changed. */
  record Change(int replicas) implements ReplicaStep {}

  /** It is not what the order began with: nobody knows what should become of it. */
  record Refuse(String reason) implements ReplicaStep {}

  /**
   * Judges.
   *
   * @param replicas the number that is set
   * @param lastPod name of the pod that ends when the number the order began with falls by one
   */
  static ReplicaStep of(ScaleOrder order, int replicas, String lastPod) {
    if (replicas == order.nodes()) {
      return new Nothing("it is set already: replicas=" + replicas);
    }
    return order.isGrowth() ? ofGrowth(order, replicas) : ofRemoval(order, replicas, lastPod);
  }

  private static ReplicaStep ofGrowth(ScaleOrder order, int replicas) {
    if (replicas > order.nodes()) {
      return new Nothing(
          "more are set already: replicas=" + replicas + ", wanted=" + order.nodes());
    }
    return replicas >= order.before()
        ? new Change(order.nodes())
        : changedElsewhere(replicas, order.before() + " to " + order.nodes());
  }

  private static ReplicaStep ofRemoval(ScaleOrder order, int replicas, String lastPod) {
    if (replicas != order.before()) {
      return changedElsewhere(replicas, order.nodes() + " or " + order.before());
    }
    // Any other pod would still have its data.
    return lastPod.equals(order.leaving())
        ? new Change(order.nodes())
        : new Refuse(
            "another pod than the drained one would end: drained="
                + order.leaving()
                + ", would end="
                + lastPod
                + "; name nodes as their pods, and first-ordinal as spec.ordinals.start");
  }

  private static ReplicaStep changedElsewhere(int found, String expected) {
    return new Refuse("somebody else changed it: found=" + found + ", expected=" + expected);
  }
}
