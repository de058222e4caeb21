package io.shardgrid.client.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The commands that a client sends, as bytes. The caller owns the buffers. */
final class Commands {

  /** Room for {@code *2}, {@code $7}, the command's name, the length of the blob and line ends. */
  private static final int AROUND_BLOB_BYTES_MAX = 36;

  private static final String OPERATIONS_HEADER = "*2\r\n$7\r\nGRID.OP\r\n$";
  private static final String LINE_END = "\r\n";

  private Commands() {}

  /** Opens a connection: the version of RESP, the user if there is one, then which client it is. */
  static ByteBuf hello(ByteBufAllocator allocator, long client, @Nullable Login login) {
    ByteBuf out = allocator.buffer();
    if (login == null) {
      RespWriter.command(out, ascii("HELLO"), ascii("3"));
    } else {
      RespWriter.command(
          out,
          ascii("HELLO"),
          ascii("3"),
          ascii("AUTH"),
          login.user().getBytes(StandardCharsets.UTF_8),
          login.password().getBytes(StandardCharsets.UTF_8));
    }
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

  /** One command with all operations that were written, each as an item. */
  static ByteBuf operations(ByteBufAllocator allocator, WireWriter items) {
    int blobBytes = items.length();
    ByteBuf out = allocator.buffer(AROUND_BLOB_BYTES_MAX + blobBytes);
    ByteBufUtil.writeAscii(out, OPERATIONS_HEADER + blobBytes + LINE_END);
    out.writeBytes(items.array(), 0, blobBytes);
    ByteBufUtil.writeAscii(out, LINE_END);
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
