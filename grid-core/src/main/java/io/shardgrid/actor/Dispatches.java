package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.Survey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a host has to tell the authority: of itself, its seats and its copies. Confined to it. */
final class Dispatches {

  private final NodeId self;
  private final CopyPace pace;

  /** Seats in which this node acts, by shard, and the bytes of their entries. */
  private final Map<Integer, Long> seats = new HashMap<>();

  private final Map<Integer, Long> liveBytes = new HashMap<>();
  private final List<SeatReport> news = new ArrayList<>();
  private final List<NodeReport.Handover> handovers = new ArrayList<>();
  private final List<InSyncRequest> requests = new ArrayList<>();
  private PauseMark pause = PauseMark.NONE;
  private int weight;

  Dispatches(NodeId self, int weight, CopyPace pace) {
    this.self = self;
    this.weight = weight;
    this.pace = pace;
  }

  int weight() {
    return weight;
  }

  void weigh(int newWeight) {
    weight = newWeight;
  }

  /** The authority's word on pauses, unless a later one is known. */
  void remember(PauseMark said) {
    if (said.isNewerThan(pause)) {
      pause = said;
    }
  }

  boolean hasSeats() {
    return !seats.isEmpty();
  }

  void taken(PlacementEntry entry) {
    seats.merge(entry.shard(), entry.seat(), Math::max);
    news.add(seatReport(entry.shard(), entry.seat()));
  }

  /** A committed placement, which may end a seat of this node. */
  void placed(PlacementEntry entry) {
    Long seat = seats.get(entry.shard());
    if (seat != null && entry.seat() > seat) {
      seats.remove(entry.shard());
    }
  }

  void copyMoved(Survey source, Survey.Filling copy) {
    CopyReport report =
        new CopyReport(copy.target(), copy.state(), copy.bytesSent(), copy.digest(), copy.end());
    news.add(new SeatReport(source.shard(), source.seat(), source.liveBytes(), List.of(report)));
  }

  void handedOver(NodeReport.Handover handover) {
    handovers.add(handover);
  }

  void ask(InSyncRequest request) {
    requests.add(request);
  }

  void noteBytes(Collection<Survey> surveys) {
    liveBytes.clear();
    for (Survey survey : surveys) {
      if (survey.role() == Survey.Role.PRIMARY) {
        liveBytes.put(survey.shard(), survey.liveBytes());
      }
    }
  }

  /** Everything, whether or not it was told before. */
  NodeReport all() {
    List<SeatReport> all = new ArrayList<>();
    seats.forEach((shard, seat) -> all.add(seatReport(shard, seat)));
    return new NodeReport(own(), all, List.of());
  }

  /** What was not told yet, from now on told; null if there is nothing. */
  @Nullable NodeReport takeNews() {
    if (news.isEmpty() && handovers.isEmpty()) {
      return null;
    }
    NodeReport report = new NodeReport(own(), news, handovers);
    news.clear();
    handovers.clear();
    return report;
  }

  /** What shards ask for and was not told yet, from now on told. */
  List<InSyncRequest> takeRequests() {
    List<InSyncRequest> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  private SeatReport seatReport(int shard, long seat) {
    return new SeatReport(shard, seat, liveBytes.getOrDefault(shard, -1L), List.of());
  }

  private NodeReport.Own own() {
    return new NodeReport.Own(self, weight, pause, pace.bytesPerSecond());
  }
}
