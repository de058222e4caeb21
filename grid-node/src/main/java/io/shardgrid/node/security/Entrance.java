package io.shardgrid.node.security;

import io.shardgrid.tls.channel.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in by a port, and how. Immutable.
 *
 * @param access who may do what; not closed with the server
 * @param tls null for connections without TLS
 */
public record Entrance(AccessDesk access, @Nullable ServerTls tls) {

  /** For anybody, without TLS. */
  public static Entrance open() {
    return new Entrance(AccessDesk.unattended(), null);
  }
}
