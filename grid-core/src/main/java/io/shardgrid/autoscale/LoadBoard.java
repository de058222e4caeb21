package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The members, and the last report of each. Not thread-safe. */
final class LoadBoard {

  private static final long UNKNOWN = -1;

  /** So many operations a second of a node, in the mean, make a cluster busy. */
  private static final double BUSY = 10;

  private final List<MetricRule> metrics;
  private final Map<NodeId, Arrived> reports = new HashMap<>();
  private List<MemberView> members = List.of();
  private @Nullable Instant busyAt;

  /** A report, and when it came by the clock of whoever reads it: that of its node may be wrong. */
  private record Arrived(LoadReport report, Instant at) {}

  LoadBoard(List<MetricRule> metrics) {
    this.metrics = metrics;
  }

  /** These are the members. */
  void members(List<MemberView> next) {
    members = List.copyOf(next);
    reports
        .keySet()
        .retainAll(next.stream().map(MemberView::id).collect(Collectors.toUnmodifiableSet()));
  }

  List<MemberView> members() {
    return members;
  }

  /** A member has reported. */
  void reported(LoadReport report, Instant now) {
    if (members.stream().anyMatch(member -> member.id().equals(report.node()))) {
      reports.put(report.node(), new Arrived(report, now));
    }
  }

  /** The last report of a member. */
  @Nullable LoadReport report(NodeId node) {
    Arrived arrived = reports.get(node);
    return arrived == null ? null : arrived.report();
  }

  /** The member with this name. */
  Optional<MemberView> named(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** How many standalone nodes are full members. */
  int standaloneUp() {
    return (int)
        members.stream()
            .filter(member -> member.standing() == Standing.UP && isStandalone(member))
            .count();
  }

  /** How many standalone nodes there are, without those that leave. */
  int standalone() {
    return (int)
        members.stream()
            .filter(member -> member.standing() != Standing.LEAVING && isStandalone(member))
            .count();
  }

  /** One that has not reported yet is one if it has a server, which embedded ones have not. */
  private boolean isStandalone(MemberView member) {
    LoadReport report = report(member.id());
    return report == null ? member.httpPort() > 0 : report.means().isStandalone();
  }

  /**
   * The member that starts and ends nodes: this one, if it can, else the first that can.
   *
   * @param own the member on which this runs
   */
  Optional<NodeId> operator(NodeId own) {
    List<NodeId> able =
        members.stream()
            .filter(member -> member.standing() == Standing.UP)
            .map(MemberView::id)
            .filter(this::canAct)
            .sorted()
            .toList();
    return able.contains(own) ? Optional.of(own) : able.stream().findFirst();
  }

  private boolean canAct(NodeId node) {
    LoadReport report = report(node);
    return report != null && report.means().canAct();
  }

  /** Which nodes can be ended by that member. */
  Leaver leaver(Optional<NodeId> operator) {
    LoadReport report = operator.map(this::report).orElse(null);
    return report == null ? Leaver.NONE : report.means().leaver();
  }

  /** All that a decision is made from. */
  ClusterSample sample(List<ScaleReason> holds, Leaver leaver, Instant now) {
    List<NodeLoad> nodes = members.stream().map(member -> load(member, now)).toList();
    List<MetricSample> samples = metrics.stream().map(this::sample).toList();
    return new ClusterSample(nodes, samples, holds, leaver, still(now));
  }

  /**
   * A load that ends falls by and by; one that is gone at once, from all nodes, looks the same as a
   * network or machines that stand still.
   */
  private Duration still(Instant now) {
    double all = 0;
    for (Arrived arrived : reports.values()) {
      double rate = arrived.report().work().operationsPerSecond();
      all += rate >= 0 ? rate : 0;
    }
    if (all > 0 && all >= BUSY * reports.size()) {
      busyAt = now;
    }
    return all > 0 || busyAt == null ? Duration.ZERO : Duration.between(busyAt, now);
  }

  /**
   * How many more full members there would be without one than the data needs, below 0 if too few;
   * empty if nobody knows.
   */
  OptionalInt spareWithout(String leaving, DataRoom room, Instant now) {
    List<NodeLoad> there =
        members.stream()
            .filter(one -> one.standing() == Standing.UP || one.name().equals(leaving))
            .map(member -> load(member, now))
            .toList();
    OptionalInt floor = CapacityFloor.nodes(there, room);
    return floor.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(there.size() - 1 - floor.getAsInt());
  }

  private NodeLoad load(MemberView member, Instant now) {
    Arrived arrived = reports.get(member.id());
    if (arrived == null) {
      return new NodeLoad(
          member.id(),
          member.name(),
          member.zone(),
          member.standing(),
          now,
          UNKNOWN,
          UNKNOWN,
          0,
          isStandalone(member));
    }
    LoadReport report = arrived.report();
    return new NodeLoad(
        member.id(),
        member.name(),
        member.zone(),
        member.standing(),
        arrived.at().minusMillis(Math.max(0, report.upMillis())),
        report.bytes().own(),
        report.bytes().held(),
        report.bytes().max(),
        report.means().isStandalone());
  }

  private MetricSample sample(MetricRule rule) {
    Map<NodeId, Reading> readings = new TreeMap<>();
    reports.forEach((node, arrived) -> readings.put(node, reading(rule, arrived)));
    return new MetricSample(rule.spec(), readings, largest(readings.values()));
  }

  private static Reading reading(MetricRule rule, Arrived arrived) {
    LoadReport report = arrived.report();
    return new Reading(
        rule.source().value(report, rule.gauge()), rule.source().whole(report), arrived.at());
  }

  /** The largest; the one that is no number if there is one, so that it is not overlooked. */
  private static @Nullable Reading largest(Collection<Reading> readings) {
    List<Reading> sorted = new ArrayList<>(readings);
    sorted.sort((one, other) -> Double.compare(one.value(), other.value()));
    return sorted.isEmpty() ? null : sorted.get(sorted.size() - 1);
  }
}
