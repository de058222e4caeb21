package io.shardgrid.node.access;

import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A number that a server of the node has for meters. Immutable; its value may be read by any
 * thread.
 *
 * @param name with dots, behind the common prefix
 * @param unit the end of the name; null for plain numbers
 * @param isTotal whether it only grows
 * @param labels each with one of few values
 */
public record ServerFigure(
    String name,
    String help,
    @Nullable String unit,
    boolean isTotal,
    Map<String, String> labels,
    LongSupplier value) {

  public ServerFigure {
    labels = Map.copyOf(labels);
  }

  private static final String PROTOCOL = "protocol";

  /** How many connections of a protocol there are now. */
  public static ServerFigure open(String protocol, LongSupplier value) {
    return new ServerFigure(
        "connections.open",
        "Connections of clients that are open",
        null,
        false,
        Map.of(PROTOCOL, protocol),
        value);
  }

  /** How many of them were accepted so far. */
  public static ServerFigure accepted(String protocol, LongSupplier value) {
    return new ServerFigure(
        "connections.accepted",
        "Connections of clients that were accepted",
        null,
        true,
        Map.of(PROTOCOL, protocol),
        value);
  }

  /** How many of these were closed at once, since there were too many. */
  public static ServerFigure rejected(String protocol, LongSupplier value) {
    return new ServerFigure(
        "connections.rejected",
        "Connections of clients that were closed at once, since there were as many as may be",
        null,
        true,
        Map.of(PROTOCOL, protocol),
        value);
  }

  /** How many were closed as they began no handshake of TLS, or it failed; 0 without TLS. */
  public static ServerFigure withoutTls(String protocol, LongSupplier value) {
    return new ServerFigure(
        "connections.tls.refused",
        "Connections of clients that were closed since there was no TLS with them",
        null,
        true,
        Map.of(PROTOCOL, protocol),
        value);
  }

  /** Something of which there are ever more. */
  public static ServerFigure total(String name, String help, LongSupplier value) {
    return new ServerFigure(name, help, null, true, Map.of(), value);
  }

  /** Bytes of something. */
  public static ServerFigure totalBytes(String name, String help, LongSupplier value) {
    return new ServerFigure(name, help, "bytes", true, Map.of(), value);
  }
}
