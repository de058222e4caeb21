package io.shardgrid.node.resp;

import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.resp.RespVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has agreed on with its client. Changed on the connection's event loop only;
 * what {@code CLIENT LIST} shows of it may be read anywhere.
 */
final class Session {

  private static final byte[] NOTHING = {};

  private final long id;
  private volatile RespVersion version = RespVersion.RESP2;
  private volatile String name = "";
  private volatile String library = "";
  private volatile String libraryVersion = "";

  /** Not volatile: it is written with each command, and others may see it late. */
  private String lastCommand = "NULL";

  private volatile @Nullable NativeSession nativeSession;

  /** What the next command belongs to. */
  private @Nullable TraceContext trace;

  private byte[] mapBytes = NOTHING;
  private String map = "";

  Session(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  RespVersion version() {
    return version;
  }

  void speak(RespVersion wanted) {
    version = wanted;
  }

  String name() {
    return name;
  }

  void rename(String wanted) {
    if (wanted.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
      throw new CommandRefusal(
          "ERR Client names cannot contain spaces, newlines or special characters.");
    }
    name = wanted;
  }

  String library() {
    return library;
  }

  String libraryVersion() {
    return libraryVersion;
  }

  void library(String attribute, String value) {
    if (value.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
      throw new CommandRefusal(
          "ERR " + attribute + " cannot contain spaces, newlines or special characters.");
    }
    switch (attribute) {
      case "LIB-NAME" -> library = value;
      case "LIB-VER" -> libraryVersion = value;
      default -> throw new CommandRefusal("ERR Unrecognized option '" + attribute + "'");
    }
  }

  String lastCommand() {
    return lastCommand;
  }

  void running(String command) {
    lastCommand = command;
  }

  /** The next command belongs to this span. */
  void follow(TraceContext asker) {
    trace = asker;
  }

  /** What the command that runs now belongs to, which the one behind it does not. */
  @Nullable TraceContext takeTrace() {
    TraceContext told = trace;
    if (told != null) {
      trace = null;
    }
    return told;
  }

  /** The native protocol's side, once {@code GRID.HELLO} was said. */
  @Nullable NativeSession nativeSession() {
    return nativeSession;
  }

  void open(NativeSession opened) {
    nativeSession = opened;
  }

  /** The name of a map; a connection mostly names the same one, which is then not decoded. */
  String mapName(byte[] bytes) {
    if (!Arrays.equals(bytes, mapBytes)) {
      if (bytes.length == 0 || bytes.length > WireFormat.NAME_BYTES_MAX) {
        throw new CommandRefusal(
            "ERR name of a map is empty or too large: nameBytesMax="
                + WireFormat.NAME_BYTES_MAX
                + ", nameBytes="
                + bytes.length);
      }
      map = new String(bytes, StandardCharsets.UTF_8);
      mapBytes = bytes;
    }
    return map;
  }
}
