package io.shardgrid.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was recommended and changed before. Immutable; keeps the last 4,096 of each.
 *
 * @param recommendations in the order in which they were made
 * @param events in the order in which they happened
 */
public record ScaleHistory(List<Recommendation> recommendations, List<ScaleEvent> events) {

  private static final int ENTRIES_MAX = 4_096;

  /** Nothing. */
  public static final ScaleHistory NONE = new ScaleHistory(List.of(), List.of());

  public ScaleHistory {
    recommendations = last(recommendations);
    events = last(events);
  }

  /**
   * The history of an autoscaler that starts: the size that it finds is its first recommendation,
   * so that nothing is removed before a whole window has passed.
   */
  public static ScaleHistory startingWith(int current, Instant now) {
    return new ScaleHistory(List.of(new Recommendation(current, now)), List.of());
  }

  /** With one more recommendation. */
  public ScaleHistory recommended(int nodes, Instant now) {
    return new ScaleHistory(plus(recommendations, new Recommendation(nodes, now)), events);
  }

  /** With one more change of the size, if it is one. */
  public ScaleHistory scaled(int before, int after, Instant now) {
    return before == after
        ? this
        : new ScaleHistory(recommendations, plus(events, new ScaleEvent(after - before, now)));
  }

  /** Without what is older than this. */
  ScaleHistory pruned(Duration age, Instant now) {
    return new ScaleHistory(
        recommendations.stream().filter(past -> past.isYoungerThan(age, now)).toList(),
        events.stream()
            .filter(past -> Duration.between(past.at(), now).compareTo(age) < 0)
            .toList());
  }

  /** With everything that seems to be still to come moved to now: it then counts its full time. */
  ScaleHistory withoutFuture(Instant now) {
    return new ScaleHistory(
        moved(recommendations, past -> new Recommendation(past.nodes(), earlier(past.at(), now))),
        moved(events, past -> new ScaleEvent(past.change(), earlier(past.at(), now))));
  }

  /** When the last recommendation was made; null if there was none. */
  @Nullable Instant lastAt() {
    return recommendations.isEmpty() ? null : recommendations.get(recommendations.size() - 1).at();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static <T> List<T> moved(List<T> entries, Function<T, T> move) {
    return entries.stream().map(move).toList();
  }

  private static <T> List<T> plus(List<T> entries, T entry) {
    List<T> more = new ArrayList<>(entries);
    more.add(entry);
    return more;
  }

  private static <T> List<T> last(List<T> entries) {
    int from = Math.max(0, entries.size() - ENTRIES_MAX);
    return List.copyOf(entries.subList(from, entries.size()));
  }
}
