package io.shardgrid.client.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.shardgrid.link.Batch;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;

/** The commands that a client sends, as bytes. The caller owns the buffers. */
final class Commands {

  /** Room for {@code *2}, {@code $7}, the command's name and the length of the blob. */
  private static final int HEADER_BYTES_MAX = 32;

  private static final String OPERATIONS_HEADER = "*2\r\n$7\r\nGRID.OP\r\n$";
  private static final byte[] LINE_END = ascii("\r\n");

  private Commands() {}

  /** Opens a connection: the version of RESP, then who the client is. */
  static ByteBuf hello(ByteBufAllocator allocator, long client) {
    ByteBuf out = allocator.buffer();
    RespWriter.command(out, ascii("HELLO"), ascii("3"));
    RespWriter.command(
        out,
        ascii("GRID.HELLO"),
        ascii(Long.toString(client)),
        ascii(Integer.toString(WireFormat.VERSION)));
    return out;
  }

  /** Asks for a sign of life. */
  static ByteBuf ping(ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer();
    RespWriter.command(out, ascii("PING"));
    return out;
  }

  /** One command with all operations of a batch. */
  static ByteBuf operations(ByteBufAllocator allocator, Batch<Operation> batch, long nowNanos) {
    ByteBuf out = allocator.buffer(HEADER_BYTES_MAX + batch.bytes() + LINE_END.length);
    try {
      // The blob's length is known behind it only, so its header is put before it afterwards.
      out.writeZero(HEADER_BYTES_MAX);
      for (Operation operation : batch.items()) {
        OperationCodec.write(out, operation, nowNanos);
      }
      int blobBytes = out.writerIndex() - HEADER_BYTES_MAX;
      byte[] header = ascii(OPERATIONS_HEADER + blobBytes + "\r\n");
      int start = HEADER_BYTES_MAX - header.length;
      out.setBytes(start, header);
      out.readerIndex(start);
      return out.writeBytes(LINE_END);
    } catch (RuntimeException e) {
      out.release();
      throw e;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
