package io.shardgrid.autoscale;

import org.jspecify.annotations.Nullable;

/** How the readings of nodes are made one number that is compared with the target. */
enum Yardstick {
  /** The share of what nodes are meant to use, in whole percent, rounded towards 0. */
  UTILIZATION {
    @Override
    long level(Tally tally) {
      return Math.multiplyExact(PERCENT, tally.sum()) / tally.requests();
    }

    @Override
    long assumed(NodeSample missing, long target) {
      return requestOf(missing);
    }

    @Override
    boolean asksForReadiness() {
      return true;
    }

    @Override
    @Nullable String flaw(NodeSample sample) {
      Long request = sample.request();
      if (request == null) {
        return "A node has no request";
      }
      return request < 0 ? "A request is below 0: found=" + request : null;
    }
  },
  /** The mean reading, rounded down. */
  AVERAGE {
    @Override
    long level(Tally tally) {
      return tally.average();
    }

    @Override
    long assumed(NodeSample missing, long target) {
      return target;
    }

    @Override
    boolean asksForReadiness() {
      return false;
    }

    @Override
    @Nullable String flaw(NodeSample sample) {
      return null;
    }
  };

  private static final long PERCENT = 100;

  /** The one number; a utilisation needs requests above 0. */
  abstract long level(Tally tally);

  /** What a node without a reading is taken to use, when the others use less than the target. */
  abstract long assumed(NodeSample missing, long target);

  /** Whether the reading of a node that is not ready, or has just begun, is left out. */
  abstract boolean asksForReadiness();

  /** Why a node that exists makes the metric unreadable; null if it does not. */
  abstract @Nullable String flaw(NodeSample sample);

  /** What the node is meant to use, 0 if that is unknown. */
  static long requestOf(NodeSample sample) {
    Long request = sample.request();
    return request == null ? 0 : request;
  }
}
