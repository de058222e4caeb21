package io.shardgrid.net;

/**
 * Where a node listens for its peers. Immutable.
 *
 * @param host address that is listened on
 * @param port 0 for any free one
 * @param outboundHost address that connections to others come from; empty for whichever fits
 */
public record PeerAddress(String host, int port, String outboundHost) {

  /** A port of an address, with connections from any. */
  public static PeerAddress of(String host, int port) {
    return new PeerAddress(host, port, "");
  }
}
