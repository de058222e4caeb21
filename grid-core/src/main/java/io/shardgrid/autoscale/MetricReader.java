package io.shardgrid.autoscale;

import io.shardgrid.autoscale.NodeSample.State;
import io.shardgrid.key.MemberView.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final double ALL_PERCENT = 100;

  /** So many times the whole are not believed. */
  private static final double WHOLES_MAX = 10;

  /** So many nodes must be busy, and so many times as busy as another, that it is not believed. */
  private static final int BUSY_MIN = 3;

  private static final double IDLE_SHARE = 10;

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
    doubtTheIdle(spec, nodes, doubts);
    return spec.kind() == MetricSpec.Kind.UTILIZATION
        ? calculator.resourceUtilization(sample.size(), spec.target(), nodes)
        : calculator.nodesMetric(sample.size(), spec.target(), nodes);
  }

  /**
   * Nodes with data have work, too: one that says it has next to none beside busy ones is not
   * believed. Nodes without data may be idle.
   */
  private void doubtTheIdle(MetricSpec spec, List<NodeSample> nodes, List<String> doubts) {
    double[] levels = nodes.stream().mapToDouble(node -> level(spec, node)).sorted().toArray();
    long known = Arrays.stream(levels).filter(level -> !Double.isNaN(level)).count();
    double median = levels.length == 0 ? Double.NaN : levels[(int) (known / 2)];
    if (known < BUSY_MIN || median * 2 < spec.target()) {
      return;
    }
    for (int i = 0; i < nodes.size(); i++) {
      NodeLoad node = sample.nodes().get(i);
      if (node.ownBytes() > 0 && level(spec, nodes.get(i)) * IDLE_SHARE < median) {
        doubts.add(
            "A reading is far below the others': source=" + spec.name() + " of " + node.name());
      }
    }
  }

  /** A reading in the unit of the target; not a number, which sorts last, if there is none. */
  private static double level(MetricSpec spec, NodeSample node) {
    Long reading = node.reading();
    Long request = node.request();
    if (reading == null || node.state() != State.READY) {
      return Double.NaN;
    }
    if (spec.kind() != MetricSpec.Kind.UTILIZATION) {
      return reading;
    }
    return request == null || request == 0 ? Double.NaN : ALL_PERCENT * reading / request;
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
      String source = metric.spec().name() + " of " + node.name();
      reading = checked(found, source, doubts);
      if (reading != null && isUtilization(metric) && found != null) {
        if (request == null) {
          doubts.add("A request makes no sense: source=" + source);
        } else if (found.value() > WHOLES_MAX * found.request()) {
          doubts.add("A reading makes no sense: source=" + source + ", found=" + found.value());
          reading = null;
        }
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
