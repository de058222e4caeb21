package io.shardgrid.autoscale;

import io.shardgrid.autoscale.NodeSample.State;
import io.shardgrid.key.MemberView.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings as they came into proposals, and says what is wrong with them. Immutable.
 *
 * <p>A node that has not been a member for long enough counts as not ready. A reading that is too
 * old, of the future, not a number or below 0 counts as none.
 */
final class MetricReader {

  private static final double READING_MAX = 1e12;
  private static final double THOUSANDTHS = 1_000;

  private final Patience patience;
  private final ReplicaCalculator calculator;
  private final ClusterSample sample;
  private final Instant now;

  MetricReader(ScaleSettings settings, ClusterSample sample, Instant now) {
    this.patience = settings.patience();
    this.calculator = new ReplicaCalculator(settings.tolerance());
    this.sample = sample;
    this.now = now;
  }

  /** What the metric proposes. */
  MetricVerdict read(MetricSample metric) {
    List<String> doubts = new ArrayList<>();
    MetricSpec spec = metric.spec();
    MetricProposal proposal =
        spec.kind().isPerNode() ? ofNodes(metric, doubts) : ofTotal(metric, doubts);
    return new MetricVerdict(spec.name(), proposal, doubts);
  }

  private MetricProposal ofNodes(MetricSample metric, List<String> doubts) {
    MetricSpec spec = metric.spec();
    List<NodeSample> nodes =
        sample.nodes().stream().map(node -> sampled(metric, node, doubts)).toList();
    return spec.kind() == MetricSpec.Kind.UTILIZATION
        ? calculator.resourceUtilization(sample.size(), spec.target(), nodes)
        : calculator.nodesMetric(sample.size(), spec.target(), nodes);
  }

  private MetricProposal ofTotal(MetricSample metric, List<String> doubts) {
    MetricSpec spec = metric.spec();
    Long total = checked(metric.total(), spec.name(), doubts);
    if (total == null) {
      return new MetricProposal.Unreadable("There is no reading: metric=" + spec.name());
    }
    int serving =
        (int) sample.nodes().stream().filter(node -> stateOf(node) == State.READY).count();
    return spec.kind() == MetricSpec.Kind.VALUE
        ? calculator.value(sample.size(), spec.target(), total, serving)
        : calculator.average(sample.size(), spec.target(), total);
  }

  private NodeSample sampled(MetricSample metric, NodeLoad node, List<String> doubts) {
    State state = stateOf(node);
    Reading found = metric.nodes().get(node.id());
    Long request = found == null ? null : milli(found.request());
    Long reading = null;
    if (state == State.READY) {
      String source = metric.spec().name() + " of " + node.id();
      reading = checked(found, source, doubts);
      if (reading != null && request == null && isUtilization(metric)) {
        doubts.add("A request makes no sense: source=" + source);
      }
    }
    return new NodeSample(state, reading, request == null ? usualRequest(metric) : request);
  }

  private static boolean isUtilization(MetricSample metric) {
    return metric.spec().kind() == MetricSpec.Kind.UTILIZATION;
  }

  /** The largest request of any node: one that says nothing is taken to be of that size. */
  private static long usualRequest(MetricSample metric) {
    long usual = 0;
    for (Reading reading : metric.nodes().values()) {
      Long request = milli(reading.request());
      usual = Math.max(usual, request == null ? 0 : request);
    }
    return usual;
  }

  private State stateOf(NodeLoad node) {
    if (node.standing() == Standing.LEAVING) {
      return State.LEAVING;
    }
    boolean isNew =
        node.standing() == Standing.JOINING
            || Duration.between(node.upSince(), now).compareTo(patience.warmUp()) < 0;
    return isNew ? State.PENDING : State.READY;
  }

  private @Nullable Long checked(@Nullable Reading found, String source, List<String> doubts) {
    if (found == null) {
      doubts.add("A reading is missing: source=" + source);
      return null;
    }
    Duration age = Duration.between(found.at(), now);
    if (age.compareTo(patience.readingAge()) > 0) {
      doubts.add("A reading is too old: source=" + source + ", age=" + age);
      return null;
    }
    if (age.negated().compareTo(patience.readingAge()) > 0) {
      doubts.add("A reading is of the future: source=" + source + ", age=" + age);
      return null;
    }
    Long value = milli(found.value());
    if (value == null) {
      doubts.add("A reading makes no sense: source=" + source + ", found=" + found.value());
    }
    return value;
  }

  /** In thousandths; null for what is no number, below 0, or absurd. */
  private static @Nullable Long milli(double value) {
    return value >= 0 && value <= READING_MAX ? Math.round(value * THOUSANDTHS) : null;
  }
}
