package io.shardgrid.node.demo.report;

import io.shardgrid.node.chart.Axis;
import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.cli.ScalingPage.Decision;
import io.shardgrid.node.cli.ScalingPage.Metric;
import io.shardgrid.node.cli.Screen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers and decisions in words. Stateless. */
final class Words {

  private static final int SMALL_MILLIS = 10;
  private static final String CHOICE = "choice";

  /** Causes that keep a size from being what the load asks for. */
  private static final Set<String> LIMITS =
      Set.of("stabilized", "rate", "bounds", "floor", "one at a time");

  /** The size that counts although fewer would do now. */
  private static final Pattern WINDOW = Pattern.compile("within the window: .*counts=(\\d+)");

  private Words() {}

  /** What is to change. */
  static String what(Change change) {
    int nodes = Math.abs(change.after() - change.before());
    String sizes = change.before() + " \u2192 " + change.after() + " nodes";
    if (!change.isGrowth()) {
      return sizes + ": " + change.leaving() + " goes";
    }
    return sizes + ": " + (nodes == 1 ? "one comes" : nodes + " come");
  }

  /** Why. */
  static String why(Change change) {
    List<String> sentences = new ArrayList<>();
    for (Decision grounds : change.seenGrounds()) {
      for (Metric metric : grounds.metrics()) {
        sentences.add(why(metric, grounds));
      }
      grounds.reasons().stream()
          .filter(reason -> reason.cause().equals(CHOICE))
          .forEach(reason -> sentences.add(plain(reason) + "."));
    }
    return sentences.isEmpty() ? "The decision was not seen." : String.join(" ", sentences);
  }

  private static String why(Metric metric, Decision grounds) {
    Double each = metric.reported();
    Integer proposed = metric.proposed();
    if (each == null || proposed == null) {
      return "%s could not be read: %s.".formatted(metric.name(), metric.problem());
    }
    String share =
        String.format(
            Locale.ROOT,
            "Nodes served %,.0f %s/s each on average, where %,.0f are wanted",
            each,
            metric.name(),
            metric.target());
    for (int counted = grounds.nodes(); counted > 0; counted--) {
      double wanted = counted * each / metric.target();
      if ((int) Math.ceil(wanted) == proposed) {
        return share + ": " + sum(grounds.nodes(), counted, each, metric.target(), proposed);
      }
    }
    return "%s: that asks for %d nodes.".formatted(share, proposed);
  }

  /** The arithmetic; nodes that have just come are left out of it. */
  private static String sum(int nodes, int counted, double each, double target, int proposed) {
    int left = nodes - counted;
    String note =
        switch (left) {
          case 0 -> "";
          case 1 -> " One that has just come does not count yet.";
          default -> " " + left + " that have just come do not count yet.";
        };
    return String.format(
            Locale.ROOT,
            "%d \u00d7 %,.0f \u00f7 %,.0f = %.2f, so %d nodes.",
            counted,
            each,
            target,
            counted * each / target,
            proposed)
        + note;
  }

  /** What each node served and held, by name. */
  static List<String> readings(Change change) {
    return change.seenGrounds().stream()
        .flatMap(grounds -> grounds.inputs().stream())
        .sorted(Comparator.comparing(ScalingPage.Input::node))
        .map(Words::reading)
        .toList();
  }

  private static String reading(ScalingPage.Input input) {
    Long held = input.heldBytes();
    if (held == null || input.readings().isEmpty()) {
      return input.node() + ": nothing yet";
    }
    String values =
        input.readings().stream()
            .map(value -> String.format(Locale.ROOT, "%,.0f/s", value.value()))
            .collect(Collectors.joining(", "));
    return "%s: %s, %s".formatted(input.node(), values, bytes(held));
  }

  /** What each metric proposed. */
  static String proposals(Change change) {
    return change.seenGrounds().stream()
        .flatMap(grounds -> grounds.metrics().stream())
        .map(
            metric ->
                metric.name()
                    + ": "
                    + (metric.proposed() == null ? "none" : metric.proposed() + " nodes"))
        .collect(Collectors.joining("; "));
  }

  /** What kept the size from being another. */
  static String limits(Change change) {
    String limits =
        change.seenGrounds().stream()
            .flatMap(grounds -> grounds.reasons().stream())
            .filter(reason -> LIMITS.contains(reason.cause()))
            .map(Words::plain)
            .distinct()
            .collect(Collectors.joining("; "));
    return limits.isEmpty() ? "none" : limits;
  }

  /** The text of a reason as a sentence: its values in brackets, without what nobody asks for. */
  private static String plain(ScalingPage.Reason reason) {
    if (reason.cause().equals(CHOICE)) {
      return reason.text().replace(": node=", ": ").replaceAll(", bytes=.*", "");
    }
    Matcher window = WINDOW.matcher(reason.text());
    if (window.find()) {
      return window.group(1) + " were asked for within the window";
    }
    int values = reason.text().indexOf(": ");
    return values < 0
        ? reason.text()
        : "%s (%s)"
            .formatted(
                reason.text().substring(0, values),
                reason.text().substring(values + 2).replace('=', ' '));
  }

  /** How long it took, and how it ended if that was not well. */
  static List<String> took(Change change) {
    Change.Outcome outcome = change.outcome();
    return switch (outcome.state()) {
      case UNDER_WAY -> List.of("was under way at the end");
      case GIVEN_UP -> List.of("given up after " + seconds(outcome.orderSeconds()), outcome.text());
      case DONE -> {
        String ended = change.isGrowth() ? "there after " : "gone after ";
        yield outcome.restSeconds() < 0
            ? List.of(ended + seconds(outcome.orderSeconds()))
            : List.of(
                ended + seconds(outcome.orderSeconds()),
                "at rest after " + seconds(outcome.restSeconds()));
      }
    };
  }

  /** A time within the day. */
  static String clock(double at) {
    return at < 0 ? "never" : Axis.clock(at);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** A latency. */
  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < SMALL_MILLIS ? "%.1f ms" : "%,.0f ms", millis);
  }

  static String bytes(long bytes) {
    return bytes < 0 ? "unknown" : Screen.bytes(bytes);
  }

  /** The sizes of the day. */
  static String path(DayFacts facts) {
    return facts.path().stream().map(String::valueOf).collect(Collectors.joining(" \u2192 "));
  }

  /** Share of the data that is as it has to be, rounded down. */
  static String verified(DayFacts.Audit audit) {
    long all = audit.towns() + audit.counters();
    if (audit.wrong() == 0 && all > 0) {
      return "100 %";
    }
    double share = all == 0 ? 0 : Math.max(0, 100.0 * (all - audit.wrong()) / all);
    return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 100) / 100);
  }
}
