package io.shardgrid.client.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.shardgrid.wire.resp.RespLimits;
import io.shardgrid.wire.resp.RespReplyDecoder;
import io.shardgrid.wire.resp.RespValue;
import java.util.List;

/** Cuts the bytes of one connection into replies and pushes. Confined to its event loop. */
final class ReplyFrames extends ByteToMessageDecoder {

  private static final int ITEMS_MAX = 1024;
  private static final int LINE_BYTES_MAX = 64 << 10;
  private static final int DEPTH_MAX = 8;

  private final RespReplyDecoder decoder;

  ReplyFrames(int replyBytesMax) {
    RespLimits limits = new RespLimits(ITEMS_MAX, replyBytesMax, LINE_BYTES_MAX, replyBytesMax);
    decoder = new RespReplyDecoder(limits, DEPTH_MAX);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    RespValue reply = decoder.decode(in);
    while (reply != null) {
      out.add(reply);
      reply = decoder.decode(in);
    }
  }
}
