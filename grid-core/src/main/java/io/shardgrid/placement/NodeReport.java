package io.shardgrid.placement;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.NodeId;
import io.shardgrid.shard.CopyEnd;
import io.shardgrid.shard.CopyState;
import java.util.List;

/**
 * What a node tells the authority, again and again, of itself and of the seats in which it acts.
 * Immutable.
 *
 * @param own what it says of itself
 * @param seats one report for each seat
 * @param handovers the seats that it has handed over since the last report
 */
public record NodeReport(Own own, List<SeatReport> seats, List<Handover> handovers) {

  public NodeReport {
    seats = List.copyOf(seats);
    handovers = List.copyOf(handovers);
  }

  /**
   * What a node says of itself.
   *
   * @param weight its share of the data as it is now, whatever it was at its start
   * @param pause what it was told last of a pause, so that a new authority learns of it
   * @param copyBytesPerSecond what it may send of copies now
   */
  public record Own(NodeId node, int weight, PauseMark pause, long copyBytesPerSecond) {}

  /**
   * One seat.
   *
   * @param shard number of the shard
   * @param seat the seat in which the node acts
   * @param liveBytes bytes of the shard's entries, a few seconds old at most; below 0 if they are
   *     not known
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
   * @param digest whether the learner has what its primary has
   * @param end why it was given up
   */
  public record CopyReport(
      NodeId target, CopyState state, long bytesSent, DigestVerdict digest, CopyEnd end) {}

  /**
   * A seat that has ended in order.
   *
   * @param seat the next one
   * @param pauseNanos from when the node numbered nothing more in its own until it heard of the
   *     next
   */
  public record Handover(int shard, long seat, long pauseNanos) {}
}
