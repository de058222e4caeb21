package io.shardgrid.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireWriter;
import java.util.function.Consumer;

/** Makes frames. */
final class Frames {

  private static final int BYTES = 256;
  private static final WireWriter NOTHING = new WireWriter(0);

  private Frames() {}

  /** A frame of this type with a copy of what was written as its body. */
  static ByteBuf frame(ByteBufAllocator allocator, int type, WireWriter body) {
    int bytes = WireFormat.TYPE_BYTES + body.length();
    ByteBuf out = allocator.ioBuffer(WireFormat.LENGTH_BYTES + bytes);
    return out.writeInt(bytes).writeByte(type).writeBytes(body.array(), 0, body.length());
  }

  /** A frame of this type; {@code writer} writes its body. */
  static ByteBuf frame(ByteBufAllocator allocator, int type, Consumer<WireWriter> writer) {
    WireWriter body = new WireWriter(BYTES);
    writer.accept(body);
    return frame(allocator, type, body);
  }

  /** A frame of this type without a body. */
  static ByteBuf empty(ByteBufAllocator allocator, int type) {
    return frame(allocator, type, NOTHING);
  }
}
