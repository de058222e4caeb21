package io.shardgrid.node;

import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What clients send to a RESP port, as bytes. */
final class RawCommands {

  private RawCommands() {}

  /** A command as clients send it. */
  static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  /** By the native protocol; the answer is left where it is. */
  static void send(Socket socket, Operation operation) throws IOException {
    WireWriter out = new WireWriter(0);
    OperationCodec.write(out, operation, System.nanoTime());
    byte[] blob = out.toBytes();
    String hello =
        command("HELLO", "3")
            + command(
                "GRID.HELLO",
                String.valueOf(operation.client()),
                String.valueOf(WireFormat.VERSION));
    String head = hello + "*2\r\n$7\r\nGRID.OP\r\n$" + blob.length + "\r\n";
    OutputStream to = socket.getOutputStream();
    to.write(head.getBytes(StandardCharsets.UTF_8));
    to.write(blob);
    to.write("\r\n".getBytes(StandardCharsets.UTF_8));
  }
}
