package io.shardgrid.node.autoscale;

import io.shardgrid.node.autoscale.AutoscalePage.Decision;
import io.shardgrid.node.autoscale.AutoscalePage.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How decisions are put into words. Stateless. */
final class Wording {

  private static final String TIED = WrappedText.TIED;
  private static final MathContext DIGITS = new MathContext(4);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long SECONDS_MAX = 120;
  private static final long MINUTES_MAX = 120;
  private static final long HOURS_MAX = 48;

  private Wording() {}

  /**
   * What is decided.
   *
   * @param mode of the autoscaler: one that only advises says what should be done
   */
  static String action(Decision decision, String mode) {
    boolean isAct = mode.equals("act");
    if (decision.change() > 0) {
      String verb = isAct ? (decision.change() == 1 ? "is to" : "are to") : "should";
      return "%d more %s come".formatted(decision.change(), verb);
    }
    if (decision.change() < 0) {
      String node = decision.leaving() == null ? "one" : decision.leaving();
      return "%s %s go".formatted(node, isAct ? "is to" : "should");
    }
    return "all stay";
  }

  /** How the size came about that there should be. */
  static String size(Decision decision) {
    return switch (decision.basis()) {
      case "metrics" ->
          "%d by the metrics, %d after the window, %d within the limits"
              .formatted(decision.proposed(), decision.stabilized(), decision.limited());
      case "below min", "above max" ->
          decision.limited()
              + ", whatever the metrics say: there must not be "
              + (decision.basis().equals("below min") ? "fewer" : "more");
      case "nothing read" -> "stays, as no metric can be read";
      case "partly read" ->
          "stays, as the metrics that can be read ask for fewer and others cannot be read";
      default -> decision.limited() + ", " + decision.basis();
    };
  }

  /** What a metric read, beside what it should be, and what it asks for. */
  static String said(Metric metric) {
    Double reported = metric.reported();
    return reported == null
        ? metric.name() + " unreadable"
        : "%s %s (target %s): %s"
            .formatted(
                metric.name(),
                amount(metric, reported),
                amount(metric, metric.target()),
                asks(metric));
  }

  /** What a metric asks for. */
  static String asks(Metric metric) {
    return metric.proposed() == null ? "nothing" : nodes(metric.proposed());
  }

  /** A number of nodes. */
  static String nodes(int nodes) {
    return nodes == 1 ? "1" + TIED + "node" : nodes + TIED + "nodes";
  }

  /** A metric's number, in its unit. */
  static String amount(Metric metric, double number) {
    return metric.isUtilization() ? percent(number) : number(number);
  }

  /** A number of percent. */
  static String percent(double number) {
    return number(number) + TIED + "%";
  }

  /** A number with four digits; what is none as it is. */
  static String number(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = BigDecimal.valueOf(number).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** A span of time, roughly. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < SECONDS_MAX) {
      return seconds + TIED + "s";
    }
    if (span.toMinutes() < MINUTES_MAX) {
      return span.toMinutes() + TIED + "min";
    }
    return span.toHours() < HOURS_MAX ? span.toHours() + TIED + "h" : span.toDays() + TIED + "days";
  }

  /** A day and a time there. */
  static String time(String instant, ZoneId zone) {
    return local(instant, zone).format(DAY_AND_TIME);
  }

  /** A time there, with its day if that is another one than {@code other}'s. */
  static String timeBeside(String other, String instant, ZoneId zone) {
    LocalDateTime time = local(instant, zone);
    boolean isSameDay = local(other, zone).toLocalDate().equals(time.toLocalDate());
    return time.format(isSameDay ? TIME : DAY_AND_TIME);
  }

  private static LocalDateTime local(String instant, ZoneId zone) {
    return LocalDateTime.ofInstant(Instant.parse(instant), zone);
  }
}
