package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardgrid.wire.resp.RespLimits;
import io.shardgrid.wire.resp.RespReplyDecoder;
import io.shardgrid.wire.resp.RespValue;
import io.shardgrid.wire.resp.RespWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A blocking client over a plain socket; shows replies as short texts. */
final class RespClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final RespReplyDecoder decoder =
      new RespReplyDecoder(new RespLimits(100_000, 16 << 20, 1 << 20, 64 << 20), 8);
  private final ByteBuf in = Unpooled.buffer();
  private final byte[] piece = new byte[64 << 10];

  RespClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] command(Object... args) {
    ByteBuf out = Unpooled.buffer();
    byte[][] bytes =
        Stream.of(args)
            .map(arg -> arg instanceof byte[] raw ? raw : bytes(String.valueOf(arg)))
            .toArray(byte[][]::new);
    RespWriter.command(out, bytes);
    byte[] command = new byte[out.readableBytes()];
    out.readBytes(command);
    return command;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  void send(Object... args) {
    sendBytes(command(args));
  }

  void sendText(String text) {
    sendBytes(bytes(text));
  }

  void sendBytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String ask(Object... args) {
    send(args);
    return read();
  }

  String read() {
    return show(readValue());
  }

  /** What has come by now; empty if nothing has. */
  String readNow() {
    try {
      return socket.getInputStream().available() > 0 ? read() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RespValue readValue() {
    while (true) {
      RespValue value = decoder.decode(in);
      if (value != null) {
        return value;
      }
      if (!receive()) {
        return new RespValue.Simple("closed");
      }
    }
  }

  /** Whether the server closed the connection, and sent nothing more before. */
  boolean isClosed() {
    return readValue().equals(new RespValue.Simple("closed"));
  }

  /** No more commands: the server sees the end of the stream. */
  void endInput() throws IOException {
    socket.shutdownOutput();
  }

  private boolean receive() {
    try {
      int count = socket.getInputStream().read(piece);
      if (count > 0) {
        in.discardReadBytes().writeBytes(piece, 0, count);
      }
      return count > 0;
    } catch (java.net.SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return false;
    }
  }

  static String show(RespValue value) {
    if (value instanceof RespValue.Simple simple) {
      return simple.text();
    } else if (value instanceof RespValue.Failure failure) {
      return "-" + failure.code() + " " + failure.message();
    } else if (value instanceof RespValue.Int number) {
      return String.valueOf(number.value());
    } else if (value instanceof RespValue.Bulk bulk) {
      return "'" + new String(bulk.bytes(), StandardCharsets.ISO_8859_1) + "'";
    } else if (value instanceof RespValue.Items items) {
      String opening =
          switch (items.kind()) {
            case ARRAY -> "[";
            case SET -> "~[";
            case MAP -> "%[";
            case PUSH -> ">[";
          };
      return items.items().stream()
          .map(RespClient::show)
          .collect(Collectors.joining(" ", opening, "]"));
    }
    return value instanceof RespValue.Null ? "nil" : value.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
