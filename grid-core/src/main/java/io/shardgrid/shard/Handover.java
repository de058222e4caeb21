package io.shardgrid.shard;

import io.shardgrid.key.Epoch;

/**
 * How long a shard has no primary when its seat is handed over, by the clock of the one who hands
 * it over. Confined to its replica.
 */
final class Handover {

  private long fromSeat = Epoch.NONE;
  private long sinceNanos;

  /** The seat's primary numbers nothing more. */
  void begun(long seat, long nowNanos) {
    if (seat != fromSeat) {
      fromSeat = seat;
      sinceNanos = nowNanos;
    }
  }

  /** The next primary has said something: the end, unless that was told before. */
  void ended(long seat, long nowNanos, ReplicaEffects effects) {
    if (fromSeat != Epoch.NONE && seat > fromSeat) {
      fromSeat = Epoch.NONE;
      effects.handedOver(seat, nowNanos - sinceNanos);
    }
  }
}
