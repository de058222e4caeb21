package io.shardgrid.node.security;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Who does something. Immutable.
 *
 * @param name of the user or token; empty while nobody is known
 * @param from the address of the other end
 */
public record Caller(String name, String from) {

  /** Somebody at the other end of a connection. */
  public static Caller at(String name, SocketAddress remote) {
    return new Caller(
        name,
        remote instanceof InetSocketAddress internet && internet.getAddress() != null
            ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
            : String.valueOf(remote));
  }
}
