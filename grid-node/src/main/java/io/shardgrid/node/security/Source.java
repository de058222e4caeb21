package io.shardgrid.node.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Names whoever is behind an address. */
final class Source {

  /** Who has an IPv6 address has a network of them. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private Source() {}

  /** The address, or its network of 64 bits for IPv6. */
  static String of(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_BYTES)
        : address.getHostAddress();
  }
}
