package io.shardgrid.client.mirror;

import java.util.concurrent.atomic.LongAdder;

/** What went where. Thread-safe. */
final class MirrorTally {

  final LongAdder operations = new LongAdder();
  final LongAdder dyed = new LongAdder();
  final LongAdder copied = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder fallBacks = new LongAdder();
  final LongAdder repaired = new LongAdder();
  final LongAdder probed = new LongAdder();

  MirrorReport.Traffic traffic(boolean isConnected) {
    return new MirrorReport.Traffic(
        operations.sum(),
        dyed.sum(),
        copied.sum(),
        dropped.sum(),
        failed.sum(),
        fallBacks.sum(),
        repaired.sum(),
        probed.sum(),
        isConnected);
  }
}
