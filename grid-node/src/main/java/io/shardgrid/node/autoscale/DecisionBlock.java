package io.shardgrid.node.autoscale;

import io.shardgrid.node.autoscale.AutoscalePage.Decision;
import io.shardgrid.node.autoscale.AutoscalePage.Input;
import io.shardgrid.node.autoscale.AutoscalePage.Reading;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the log, for people, in 100 columns. Immutable.
 *
 * @param mode of the autoscaler
 * @param zone of the times
 */
record DecisionBlock(Decision decision, String mode, ZoneId zone) {

  private static final String INDENT = "    ";
  private static final String FURTHER = INDENT + "  ";
  private static final Duration OLD = Duration.ofSeconds(10);
  private static final double ALL_PERCENT = 100;

  /** When, and what: the first line. */
  String heading() {
    String until =
        decision.times() == 1
            ? ""
            : " to %s, %d times"
                .formatted(
                    Wording.timeBeside(decision.since(), decision.at(), zone), decision.times());
    return WrappedText.line(
        "%s%s: %s, %s"
            .formatted(
                Wording.time(decision.since(), zone),
                until,
                Wording.nodes(decision.nodes()),
                Wording.action(decision, mode)));
  }

  /** Why: what metrics said, what became of it, and what influenced it. */
  List<String> reasons() {
    List<String> lines = new ArrayList<>();
    if (!decision.metrics().isEmpty()) {
      lines.addAll(
          indented(
              decision.metrics().stream().map(Wording::said).collect(Collectors.joining("; "))));
    }
    lines.addAll(indented("wanted: " + Wording.size(decision)));
    decision
        .reasons()
        .forEach(reason -> lines.addAll(indented(reason.cause() + ": " + reason.text())));
    return lines;
  }

  /** What it was made from: a line or two for each member. */
  List<String> inputs() {
    List<String> lines = new ArrayList<>();
    decision.inputs().forEach(input -> lines.addAll(indented(text(input))));
    return lines;
  }

  private static List<String> indented(String text) {
    return WrappedText.lines(INDENT, FURTHER, text);
  }

  private String text(Input input) {
    String readings =
        input.readings().isEmpty()
            ? "has not reported"
            : input.readings().stream().map(this::text).collect(Collectors.joining(", "));
    return "node %s (%s, %s for %s): owns %s, holds %s of %s; %s"
        .formatted(
            input.node(),
            input.zone(),
            input.standing(),
            Wording.span(Duration.between(Instant.parse(input.upSince()), at())),
            bytes(input.ownBytes()),
            bytes(input.heldBytes()),
            bytes(input.bytesMax()),
            readings);
  }

  private String text(Reading reading) {
    Double whole = reading.whole();
    String value =
        whole == null || !(whole > 0)
            ? Wording.number(reading.value())
            : Wording.percent(ALL_PERCENT * reading.value() / whole);
    Duration age = Duration.between(Instant.parse(reading.at()), at());
    String old = age.compareTo(OLD) > 0 ? " (" + Wording.span(age) + " old)" : "";
    return reading.metric() + WrappedText.TIED + value + old;
  }

  private Instant at() {
    return Instant.parse(decision.at());
  }

  private static String bytes(@Nullable Long bytes) {
    return bytes == null ? "?" : Screen.bytes(bytes).replace(" ", WrappedText.TIED);
  }
}
