package io.shardgrid.key;

import java.util.List;

/**
 * What the peer links of a node have done since it joined. Immutable.
 *
 * @param opened links that were opened, from here and from others
 * @param framesReceived frames that have come
 * @param bytesReceived their bytes
 * @param dropped what waited to be sent when its link closed, or found its outbox full
 * @param refused connections that came to no link, or ended for what they said
 * @param sent what was sent, by kind
 */
public record LinkReport(
    long opened,
    long framesReceived,
    long bytesReceived,
    long dropped,
    Refused refused,
    List<Lane> sent) {

  public LinkReport {
    sent = List.copyOf(sent);
  }

  /**
   * Connections of peers, and of those who are none, that were closed.
   *
   * @param tls those that came here and did not get through TLS
   * @param handshake links that were refused, here and by others: another cluster, secret, version
   *     or life of a node
   * @param malformed those whose bytes made no sense
   */
  public record Refused(long tls, long handshake, long malformed) {

    /** None. */
    public static final Refused NONE = new Refused(0, 0, 0);
  }

  /**
   * One kind of traffic.
   *
   * @param name operations, answers, replication, or copies
   * @param frames writes to a connection
   * @param items what was in them: operations, answers, messages of replicas
   * @param bytes bytes of the frames
   */
  public record Lane(String name, long frames, long items, long bytes) {}
}
