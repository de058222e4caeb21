package io.shardgrid.node.admin;

import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.DecisionReport;
import io.shardgrid.autoscale.MetricSpec;
import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /autoscale} replies, field by field. Immutable. What nobody knows is null; times
 * are UTC. A number that is none, which a node may have reported, is a string: {@code "NaN"},
 * {@code "Infinity"}, {@code "-Infinity"}.
 *
 * @param at when this was told
 * @param node name of the member on which the autoscaler runs
 * @param mode off, advise or act
 * @param inCharge whether it has taken over; it decides nothing before
 * @param members how many there are, those on their way in or out too
 * @param order what is being carried out; null if nothing is
 * @param decisions the last ones, the latest first
 * @param notes what was done of late, the latest last
 */
record AutoscaleJson(
    String at,
    String node,
    String nodeId,
    String mode,
    boolean inCharge,
    Bounds bounds,
    int members,
    @Nullable Order order,
    Made made,
    List<Decision> decisions,
    List<Note> notes) {

  /** The fewest and the most nodes. */
  record Bounds(int min, int max) {}

  /** How many decisions of each sort were made since the autoscaler began on this node. */
  record Made(long stay, long add, long remove) {}

  /**
   * An order under way.
   *
   * @param text what is waited for; empty if nothing is
   * @param before standalone nodes there were
   * @param nodes standalone nodes there should be
   * @param leaving the node that is to end; null if nodes are to come
   */
  record Order(
      long number,
      String state,
      String text,
      int before,
      int nodes,
      @Nullable String leaving,
      String at,
      long ageMillis) {}

  /**
   * A decision, or several in a row that were all alike: then with the figures of the last of them.
   *
   * @param since when the first of them was made
   * @param at when the last of them was made
   * @param nodes how many there were
   * @param change nodes to come, or below 0 to go
   * @param leaving the node to go; null if none is
   * @param basis what the size rests on: metrics; below min or above max, then these were not
   *     asked; nothing read or partly read, then it stays; or switched off
   * @param proposed what the metrics asked for, the present size if they were not asked
   * @param stabilized the same after a look back
   * @param limited the same within what may be
   * @param limit what kept the size from being that
   */
  record Decision(
      String since,
      String at,
      int times,
      int nodes,
      int change,
      @Nullable String leaving,
      String basis,
      int proposed,
      int stabilized,
      int limited,
      String limit,
      List<Metric> metrics,
      List<Reason> reasons,
      List<Input> inputs) {}

  /**
   * What a metric said: percent for a utilization, else in its own unit.
   *
   * @param reported what was read; null if nothing could be
   * @param proposed nodes that it asked for; null if it asked for none
   * @param problem why it could not be read, or what is wrong with readings; null if nothing is
   */
  record Metric(
      String name,
      String kind,
      Number target,
      @Nullable Number reported,
      @Nullable Integer proposed,
      @Nullable String problem) {}

  /** Something that influenced a decision. */
  record Reason(String cause, String text) {}

  /** What was known of a member; its bytes are null if it has not reported. */
  record Input(
      String node,
      String zone,
      String standing,
      String upSince,
      @Nullable Long ownBytes,
      @Nullable Long heldBytes,
      @Nullable Long bytesMax,
      List<Reading> readings) {}

  /**
   * A reading as the node sent it.
   *
   * @param whole what the value is a part of, for a utilization; else null
   */
  record Reading(String metric, Number value, @Nullable Number whole, String at) {}

  /** Something that was done about the size. */
  record Note(String at, String text) {}

  private static final double THOUSANDTHS = 1_000;

  /** Up to here every whole number is a double. */
  private static final long WHOLE_MAX = 1L << 53;

  static AutoscaleJson of(MemberNames names, AutoscaleReport report, Instant now) {
    AutoscaleReport.Made made = report.made();
    return new AutoscaleJson(
        textOf(now),
        names.nameOf(report.node()),
        report.node().toString(),
        MigrationsJson.word(report.mode()),
        report.isInCharge(),
        new Bounds(report.nodesMin(), report.nodesMax()),
        report.members(),
        report.order() == null ? null : orderOf(report.order(), now),
        new Made(made.stays(), made.additions(), made.removals()),
        each(report.decisions(), AutoscaleJson::decisionOf),
        each(report.notes(), AutoscaleJson::noteOf));
  }

  private static Order orderOf(AutoscaleReport.Order order, Instant now) {
    Instant at = order.order().at();
    return new Order(
        order.order().number(),
        MigrationsJson.word(order.state()),
        order.text(),
        order.order().before(),
        order.order().nodes(),
        textOrNull(order.order().leaving()),
        textOf(at),
        Math.max(0, Duration.between(at, now).toMillis()));
  }

  private static Decision decisionOf(DecisionReport decision) {
    Map<String, MetricSpec.Kind> kinds =
        decision.metrics().stream()
            .collect(
                Collectors.toMap(
                    DecisionReport.Metric::name, DecisionReport.Metric::kind, (one, other) -> one));
    return new Decision(
        textOf(decision.since()),
        textOf(decision.at()),
        decision.times(),
        decision.nodes(),
        decision.change(),
        textOrNull(decision.leaving()),
        MigrationsJson.word(decision.basis()),
        decision.proposed(),
        decision.stabilized(),
        decision.limited(),
        MigrationsJson.word(decision.limit()),
        each(decision.metrics(), AutoscaleJson::metricOf),
        each(decision.reasons(), AutoscaleJson::reasonOf),
        each(decision.inputs(), input -> inputOf(input, kinds)));
  }

  private static Metric metricOf(DecisionReport.Metric metric) {
    return new Metric(
        metric.name(),
        kindOf(metric.kind()),
        amount(metric.kind(), metric.target()),
        metric.reported() < 0 ? null : amount(metric.kind(), metric.reported()),
        metric.proposed() < 0 ? null : metric.proposed(),
        textOrNull(metric.problem()));
  }

  /** The kind's name in the configuration. */
  private static String kindOf(MetricSpec.Kind kind) {
    return kind == MetricSpec.Kind.NODES_AVERAGE ? "average" : MigrationsJson.word(kind);
  }

  private static Number amount(MetricSpec.Kind kind, long number) {
    return plain(kind == MetricSpec.Kind.UTILIZATION ? number : number / THOUSANDTHS);
  }

  /** A whole number without a point or an exponent, which bytes would get. */
  private static Number plain(double number) {
    long whole = (long) number;
    return whole == number && Math.abs(whole) <= WHOLE_MAX ? (Number) whole : (Number) number;
  }

  private static Reason reasonOf(ScaleReason reason) {
    return new Reason(MigrationsJson.word(reason.cause()), reason.text());
  }

  private static Input inputOf(DecisionReport.Input input, Map<String, MetricSpec.Kind> kinds) {
    return new Input(
        input.node(),
        input.zone(),
        MigrationsJson.word(input.standing()),
        textOf(input.upSince()),
        known(input.ownBytes()),
        known(input.heldBytes()),
        input.bytesMax() > 0 ? input.bytesMax() : null,
        each(
            input.readings(),
            value ->
                new Reading(
                    value.metric(),
                    plain(value.value()),
                    kinds.get(value.metric()) == MetricSpec.Kind.UTILIZATION
                        ? plain(value.whole())
                        : null,
                    textOf(value.at()))));
  }

  private static Note noteOf(ScaleNote note) {
    return new Note(textOf(note.at()), note.text());
  }

  private static String textOf(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static @Nullable Long known(long bytes) {
    return bytes < 0 ? null : bytes;
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static <A, B> List<B> each(List<A> all, Function<A, B> mapping) {
    return all.stream().map(mapping).toList();
  }
}
