package io.shardgrid.node.resp;

import java.util.concurrent.atomic.LongAdder;

/** What the server counts from its start on. Thread-safe. */
final class RespCounters {
  final LongAdder commands = new LongAdder();
  final LongAdder errors = new LongAdder();
  final LongAdder accepted = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder protocolErrors = new LongAdder();
  final LongAdder slowReaders = new LongAdder();
  final LongAdder idleClosed = new LongAdder();
  final LongAdder lateClosed = new LongAdder();
  final LongAdder heldUp = new LongAdder();
  final LongAdder rejectedOfSource = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
}
