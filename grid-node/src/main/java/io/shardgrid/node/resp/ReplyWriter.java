package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.wire.resp.RespVersion;

/** Writes one whole reply. */
@FunctionalInterface
interface ReplyWriter {

  /** Appends the reply in the connection's version of RESP. */
  void write(ByteBuf out, RespVersion version);
}
