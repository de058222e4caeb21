package io.shardgrid.key;

import java.util.List;

/**
 * What the peer links of a node have done since it joined. Immutable.
 *
 * @param opened links that were opened, from here and from others
 * @param framesReceived frames that have come
 * @param bytesReceived their bytes
 * @param dropped what waited to be sent when its link closed, or found its outbox full
 * @param sent what was sent, by kind
 */
public record LinkReport(
    long opened, long framesReceived, long bytesReceived, long dropped, List<Lane> sent) {

  public LinkReport {
    sent = List.copyOf(sent);
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
