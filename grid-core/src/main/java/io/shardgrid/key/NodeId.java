package io.shardgrid.key;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one incarnation of a member: its cluster address and the number that this start drew.
 *
 * <p>Immutable. A node that restarts on the same address is another node, with nothing.
 *
 * @param host host name or address of the cluster port
 * @param port cluster (Artery) port
 * @param uid number of this incarnation, unique among all incarnations at the address
 */
public record NodeId(String host, int port, long uid) implements Comparable<NodeId> {

  private static final Comparator<NodeId> ORDER =
      Comparator.comparing(NodeId::host)
          .thenComparingInt(NodeId::port)
          .thenComparingLong(NodeId::uid);

  /** A message without a host, from outside, must fail where it is read. */
  public NodeId {
    Objects.requireNonNull(host, "host");
  }

  /** The address without the incarnation: {@code host:port}. */
  public String address() {
    return host + ":" + port;
  }

  /** The number first: it tells any two apart but for chance, and most often they are compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NodeId node
        && uid == node.uid
        && port == node.port
        && host.equals(node.host);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(uid);
  }

  @Override
  public int compareTo(NodeId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return host + ":" + port + "#" + Long.toHexString(uid);
  }
}
