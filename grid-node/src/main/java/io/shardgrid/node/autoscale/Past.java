package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import io.shardgrid.autoscale.Recommendation;
import io.shardgrid.autoscale.ScaleEvent;
import io.shardgrid.autoscale.ScaleHistory;
import io.shardgrid.autoscale.StabilizationWindows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened before, as cases have it: pairs of a number and its age in seconds. Stateless. */
final class Past {

  /** When cases are evaluated. */
  static final Instant NOW = Instant.EPOCH;

  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(1_000_000_000);
  private static final int SCALE_MAX = 100;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private Past() {}

  /** What was recommended; the size alone if the case has no history. */
  static ScaleHistory history(CaseFields fields, int current) {
    if (!fields.has("history")) {
      return ScaleHistory.startingWith(current, NOW);
    }
    List<Recommendation> past =
        pairs(fields, "history").stream()
            .map(pair -> new Recommendation(pair.number(), NOW.minus(pair.age())))
            .toList();
    return new ScaleHistory(past, List.of());
  }

  /** What was added and what was removed. */
  static List<ScaleEvent> events(CaseFields fields) {
    List<ScaleEvent> events = new ArrayList<>(events(fields, "scaleUpEvents", 1));
    events.addAll(events(fields, "scaleDownEvents", -1));
    return events;
  }

  /**
   * Changes in a field.
   *
   * @param sign by which each is multiplied
   */
  static List<ScaleEvent> events(CaseFields fields, String field, int sign) {
    return pairs(fields, field).stream()
        .map(pair -> new ScaleEvent(sign * pair.number(), NOW.minus(pair.age())))
        .toList();
  }

  /** How far to look back; what a case does not say is as in these. */
  static StabilizationWindows windows(CaseFields fields, StabilizationWindows otherwise) {
    return new StabilizationWindows(
        fields.has("upWindow") ? seconds(fields, "upWindow") : otherwise.up(),
        fields.has("downWindow") ? seconds(fields, "downWindow") : otherwise.down());
  }

  /** A time. */
  static Duration seconds(CaseFields fields, String field) {
    BigDecimal seconds = fields.decimal(field);
    return duration(fields, field, seconds);
  }

  /** A time within a field. */
  static Duration seconds(CaseFields fields, String field, JsonNode value) {
    if (!value.isNumber()) {
      throw fields.wrong(field, "a number of seconds", value);
    }
    return duration(fields, field, value.decimalValue());
  }

  private static Duration duration(CaseFields fields, String field, BigDecimal seconds) {
    if (Math.abs(seconds.scale()) > SCALE_MAX || seconds.abs().compareTo(SECONDS_MAX) > 0) {
      throw fields.wrong(field, "at most " + SECONDS_MAX + " seconds", seconds);
    }
    return Duration.ofNanos(
        seconds.multiply(NANOS).setScale(0, RoundingMode.HALF_EVEN).longValue());
  }

  /** A number and how long ago it was. */
  private record Pair(int number, Duration age) {}

  private static List<Pair> pairs(CaseFields fields, String field) {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode pair : fields.list(field)) {
      if (!pair.isArray() || pair.size() != 2) {
        throw fields.wrong(field, "a list of [number, age in seconds]", pair);
      }
      long number = fields.whole(field, pair.path(0));
      if (Math.abs(number) > Integer.MAX_VALUE) {
        throw fields.wrong(field, "a number of 31 bits", number);
      }
      pairs.add(new Pair((int) number, seconds(fields, field, pair.path(1))));
    }
    return pairs;
  }
}
