package io.shardgrid.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.shardgrid.wire.WireFormat;
import java.util.function.Consumer;

/** Makes frames that are no batches: those of the handshake and of the keep-alive. */
final class Frames {

  private static final int BYTES = 256;

  private Frames() {}

  /** A frame of this type; {@code body} appends its body. */
  static ByteBuf frame(ChannelHandlerContext context, int type, Consumer<ByteBuf> body) {
    ByteBuf out = context.alloc().ioBuffer(BYTES);
    out.writeInt(0).writeByte(type);
    body.accept(out);
    seal(out);
    return out;
  }

  /** A frame of this type without a body. */
  static ByteBuf empty(ChannelHandlerContext context, int type) {
    return frame(context, type, body -> {});
  }

  /** Fills in the length of the one frame that is in {@code out}. */
  static void seal(ByteBuf out) {
    out.setInt(out.readerIndex(), out.readableBytes() - WireFormat.LENGTH_BYTES);
  }
}
