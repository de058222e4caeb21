package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.shard.CopyState;
import java.util.List;

/**
 * What a node tells the authority, again and again, of the seats in which it acts. Immutable.
 *
 * @param seats one report for each of them
 */
public record NodeReport(List<SeatReport> seats) {

  public NodeReport {
    seats = List.copyOf(seats);
  }

  /**
   * One seat.
   *
   * @param shard number of the shard
   * @param seat the seat in which the node acts
   * @param liveBytes bytes of the shard's entries
   * @param copies the learners that it fills
   */
  public record SeatReport(int shard, long seat, long liveBytes, List<CopyReport> copies) {

    public SeatReport {
      copies = List.copyOf(copies);
    }
  }

  /**
   * A copy under way, or just ended.
   *
   * @param target the learner
   * @param bytesSent bytes sent so far, those sent again included
   */
  public record CopyReport(NodeId target, CopyState state, long bytesSent) {}
}
