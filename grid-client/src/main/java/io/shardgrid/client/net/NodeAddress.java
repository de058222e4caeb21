package io.shardgrid.client.net;

import io.shardgrid.failure.GridConfigException;
import java.net.InetSocketAddress;

/**
 * Where a node's RESP port is. Immutable.
 *
 * @param host host name or address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record NodeAddress(String host, int port) {

  private static final int PORT_MAX = 65_535;
  private static final int PORT_DIGITS_MAX = 5;

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets: {@code [::1]:7171}.
   *
   * @throws GridConfigException when the text is no address
   */
  public static NodeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw wrong(text);
    }
    String host = text.substring(0, colon);
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
    boolean isHost =
        !bare.isBlank()
            && bare.chars().noneMatch(c -> Character.isWhitespace(c) || c == '/' || c == '[')
            && (isBracketed || bare.indexOf(':') < 0);
    if (!isHost) {
      throw wrong(text);
    }
    return new NodeAddress(bare, port(text, text.substring(colon + 1)));
  }

  /** Looks the host up; blocks while it does. */
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  private static int port(String text, String digits) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= PORT_DIGITS_MAX
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = isNumber ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > PORT_MAX) {
      throw wrong(text);
    }
    return port;
  }

  private static GridConfigException wrong(String text) {
    return new GridConfigException(
        "An address of a node does not parse: key=grid.client.seeds, wanted=host:port with a port"
            + " of 1 to 65535, found="
            + text);
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
