package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.autoscale.SizeVerdict.Basis;
import io.shardgrid.key.MemberView.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One decision in the making: collects the reasons. Confined to one call. */
final class Deliberation {

  /** Nodes do not count at the same moment: so much may have come or gone meanwhile. */
  private static final double BYTES_SLACK = 1 << 20;

  private static final double BYTES_SLACK_SHARE = 0.1;

  private final ScaleSettings settings;
  private final ClusterSample sample;
  private final List<MetricVerdict> verdicts;
  private final OptionalInt floor;
  private final List<ScaleReason> reasons = new ArrayList<>();
  private boolean isDoubtful;

  Deliberation(ScaleSettings settings, ClusterSample sample, Instant now) {
    this.settings = settings;
    this.sample = sample;
    MetricReader reader = new MetricReader(settings, sample, now);
    this.verdicts = sample.metrics().stream().map(reader::read).toList();
    this.floor =
        CapacityFloor.nodes(
            sample.nodes().stream().filter(NodeLoad::counts).toList(), settings.room());
    weighReadings();
    weighBytes();
    weighStandstill();
  }

  /** What each metric proposed. */
  List<MetricVerdict> verdicts() {
    return verdicts;
  }

  List<MetricProposal> proposals() {
    return verdicts.stream().map(MetricVerdict::proposal).toList();
  }

  List<ScaleReason> reasons() {
    return reasons;
  }

  /** The fewest nodes that the data needs, empty if nobody knows. */
  OptionalInt floor() {
    return floor;
  }

  /** Whether there is anything that forbids a removal, and makes what was read uncertain. */
  boolean isDoubtful() {
    return isDoubtful;
  }

  /** Notes a reason to remove nothing. */
  void doubt(Cause cause, String text) {
    isDoubtful = true;
    note(cause, text);
  }

  private void note(Cause cause, String text) {
    reasons.add(new ScaleReason(cause, text));
  }

  private void weighReadings() {
    for (MetricVerdict verdict : verdicts) {
      verdict.doubts().forEach(text -> doubt(Cause.DOUBTFUL_READING, text));
      if (verdict.proposal() instanceof MetricProposal.Unreadable unreadable) {
        doubt(
            Cause.METRIC_UNREADABLE,
            "A metric gives no proposal: metric=" + verdict.name() + ", " + unreadable.reason());
      }
    }
  }

  private void weighStandstill() {
    Duration still = sample.still();
    if (!still.isZero() && still.compareTo(settings.patience().standstill()) < 0) {
      doubt(
          Cause.STANDSTILL,
          "Nodes that were busy do nothing at all: for=%s, standstill=%s"
              .formatted(still.truncatedTo(ChronoUnit.SECONDS), settings.patience().standstill()));
    }
  }

  /** At rest all copies are there: what nodes hold is what they own, so many times. */
  private void weighBytes() {
    if (floor.isEmpty() || !sample.holds().isEmpty()) {
      return;
    }
    long own = 0;
    long held = 0;
    long members = 0;
    for (NodeLoad node : sample.nodes()) {
      own += node.ownBytes();
      held += node.heldBytes();
      members += node.standing() == Standing.UP ? 1 : 0;
    }
    double all = (double) own * Math.min(settings.room().copies(), members);
    if (Math.abs(held - all) > BYTES_SLACK + all * BYTES_SLACK_SHARE) {
      doubt(
          Cause.BYTES_DISAGREE,
          "What nodes say of their bytes does not add up: own=%d, copies=%d, held=%d"
              .formatted(own, settings.room().copies(), held));
    }
  }

  /** Notes what the arithmetic did. */
  void explain(SizeVerdict size) {
    Bounds bounds = settings.bounds();
    if (size.stabilized() != size.proposed() && size.basis() == Basis.METRICS) {
      note(
          Cause.STABILIZED,
          "Others were recommended within the window: now=%d, counts=%d"
              .formatted(size.proposed(), size.stabilized()));
    }
    if (floor.orElse(0) > bounds.max()) {
      note(
          Cause.FLOOR,
          "The data needs more nodes than there may be: floor=%d, max=%d"
              .formatted(floor.orElse(0), bounds.max()));
    }
    switch (size.limit()) {
      case NONE -> {}
      case RATE_UP, RATE_DOWN ->
          note(
              Cause.RATE,
              "The size may not change faster: wanted=%d, allowed=%d"
                  .formatted(size.stabilized(), size.nodes()));
      case MAX -> note(Cause.BOUNDS, "There may not be more nodes: max=" + bounds.max());
      case MIN -> noteLeast();
    }
    if (size.basis() == Basis.BELOW_MIN) {
      noteLeast();
    }
    if (size.basis() == Basis.ABOVE_MAX) {
      note(Cause.BOUNDS, "There are more nodes than there may be: max=" + bounds.max());
    }
  }

  private void noteLeast() {
    int min = settings.bounds().min();
    if (floor.orElse(0) > min) {
      note(Cause.FLOOR, "The data needs so many nodes: floor=" + floor.orElse(0));
    } else {
      note(Cause.BOUNDS, "There must be so many nodes: min=" + min);
    }
  }

  /** What is to be done to come to that size, as far as it is safe. */
  ScaleAction action(SizeVerdict size) {
    int current = sample.size();
    if (isHeldUp() || size.nodes() == current) {
      return new ScaleAction.Stay();
    }
    return size.nodes() > current
        ? new ScaleAction.Add(size.nodes() - current)
        : removal(size.nodes());
  }

  /** Whether this is no time for a decision. */
  private boolean isHeldUp() {
    int before = reasons.size();
    if (sample.size() == 0) {
      note(Cause.NO_NODES, "There is no node");
    }
    reasons.addAll(sample.holds());
    for (NodeLoad node : sample.nodes()) {
      if (node.standing() == Standing.UNREACHABLE) {
        note(Cause.NODE_MISSING, "A node does not answer: node=" + node.id());
      }
      if (node.standing() == Standing.LEAVING) {
        note(Cause.NODE_LEAVING, "A node is leaving: node=" + node.id());
      }
    }
    return reasons.size() > before;
  }

  private ScaleAction removal(int wanted) {
    int current = sample.size();
    if (floor.isEmpty()) {
      note(Cause.ROOM_UNKNOWN, "Nobody knows how many bytes nodes hold, or may hold");
    } else if (current - 1 < floor.getAsInt()) {
      note(Cause.FLOOR, "The data needs so many nodes: floor=" + floor.getAsInt());
    } else if (!isDoubtful) {
      return removed(wanted);
    }
    return new ScaleAction.Stay();
  }

  private ScaleAction removed(int wanted) {
    Optional<NodeLoad> choice = RemovalChoice.of(sample.nodes(), sample.leaver());
    if (choice.isEmpty()) {
      note(Cause.NONE_CAN_GO, "None of the nodes can be ended: nodes=" + sample.size());
      return new ScaleAction.Stay();
    }
    NodeLoad node = choice.get();
    if (sample.size() - wanted > 1) {
      note(
          Cause.ONE_AT_A_TIME,
          "One node goes at a time: nodes=%d, wanted=%d".formatted(sample.size(), wanted));
    }
    note(
        Cause.CHOICE,
        "%s: node=%s, bytes=%d, zone=%s"
            .formatted(
                sample.leaver() == Leaver.HIGHEST_ORDINAL
                    ? "The last one goes first"
                    : "Its drain moves the fewest bytes in the largest zone",
                node.name(),
                node.heldBytes(),
                node.zone()));
    return new ScaleAction.Remove(node.id());
  }
}
