package io.shardgrid.node.resp;

import io.shardgrid.node.access.ServerFigure;
import java.util.List;
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

  /** Connections that went over to the native protocol. */
  final LongAdder nativeOpened = new LongAdder();

  /** All of it but connections that are open, for meters. */
  List<ServerFigure> figures() {
    return List.of(
        ServerFigure.accepted("resp", accepted::sum),
        ServerFigure.accepted("native", nativeOpened::sum),
        ServerFigure.rejected("resp", rejected::sum),
        ServerFigure.total("resp.commands", "Commands of RESP clients", commands::sum),
        ServerFigure.total("resp.errors", "Commands that were answered with an error", errors::sum),
        ServerFigure.total(
            "resp.protocol.errors",
            "Connections that were closed since what came makes no sense",
            protocolErrors::sum),
        ServerFigure.total(
            "resp.slow.readers",
            "Connections that were closed since replies were not read",
            slowReaders::sum),
        ServerFigure.total(
            "resp.idle.closed", "Connections that were closed since nothing came", idleClosed::sum),
        ServerFigure.totalBytes(
            "resp.received", "Bytes from RESP and native clients", bytesIn::sum),
        ServerFigure.totalBytes("resp.sent", "Bytes to RESP and native clients", bytesOut::sum));
  }
}
