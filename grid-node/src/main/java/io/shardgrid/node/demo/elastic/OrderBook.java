package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.cli.ScalingPage.Decision;
import io.shardgrid.node.demo.report.Change;
import io.shardgrid.node.demo.report.Change.Outcome;
import io.shardgrid.node.demo.report.Change.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what an autoscaler says again and again: which orders it gave, why, and what became
 * of each. What it has said is kept here although the node on which it ran may have gone.
 *
 * <p>Confined to one thread.
 */
final class OrderBook {

  /** The note about the end of an order. */
  private static final Pattern END =
      Pattern.compile("(?<how>Done|Given up): order=(?<number>\\d+); (?<text>.*)", Pattern.DOTALL);

  private static final double MILLIS_PER_SECOND = 1e3;

  private final Instant began;
  private final Map<Long, Entry> entries = new TreeMap<>();
  private final Map<Instant, Decision> decisions = new HashMap<>();

  /** What is known of an order so far. */
  private static final class Entry {
    private final ScalingPage.Order order;
    private final long bytesBefore;
    private @Nullable Decision grounds;
    private State state = State.UNDER_WAY;
    private @Nullable Instant ended;
    private String text = "";
    private @Nullable Instant rested;
    private long bytesAfter;

    Entry(ScalingPage.Order order, long bytesBefore) {
      this.order = order;
      this.bytesBefore = bytesBefore;
      this.bytesAfter = bytesBefore;
    }
  }

  /** Begins empty, with the day. */
  OrderBook(Instant began) {
    this.began = began;
  }

  /**
   * Takes in what was seen.
   *
   * @param copiedBefore bytes that had been copied when the cluster was seen before this time
   */
  void see(Sighting sighting, long copiedBefore) {
    ScalingPage page = sighting.page();
    if (page != null) {
      for (Decision decision : page.decisions()) {
        if (decision.change() != 0) {
          decisions.put(decision.madeAt(), decision);
        }
      }
      ScalingPage.Order order = page.order();
      if (order != null) {
        entries.computeIfAbsent(order.number(), number -> new Entry(order, copiedBefore));
      }
      page.notes().forEach(this::seeEnd);
    }
    entries.values().forEach(entry -> update(entry, sighting));
  }

  private void seeEnd(ScalingPage.Note note) {
    Matcher matcher = END.matcher(note.text());
    if (!matcher.matches()) {
      return;
    }
    Entry entry = entries.get(Long.parseLong(matcher.group("number")));
    if (entry != null && entry.ended == null) {
      entry.ended = note.writtenAt();
      entry.state = matcher.group("how").equals("Done") ? State.DONE : State.GIVEN_UP;
      entry.text = matcher.group("text");
    }
  }

  /** Until all is at rest after an order, or the next one is given, what is copied is its. */
  private void update(Entry entry, Sighting sighting) {
    if (entry.grounds == null) {
      entry.grounds = decisions.get(entry.order.decidedAt());
    }
    boolean isLast = entries.keySet().stream().noneMatch(number -> number > entry.order.number());
    if (entry.rested == null && isLast) {
      entry.bytesAfter = sighting.copiedBytes();
      if (entry.ended != null && sighting.isAtRest()) {
        entry.rested = sighting.at();
      }
    }
  }

  /** Whether an order is being carried out, or shards move because of one. */
  boolean isBusy() {
    return entries.values().stream().anyMatch(entry -> entry.ended == null)
        || entries.values().stream().reduce((one, next) -> next).stream()
            .anyMatch(last -> last.rested == null);
  }

  /** All orders so far, in their order. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (Entry entry : entries.values()) {
      ScalingPage.Order order = entry.order;
      String leaving = order.leaving() == null ? "" : order.leaving();
      changes.add(
          new Change(
              order.number(),
              seconds(began, order.decidedAt()),
              order.before(),
              order.nodes(),
              leaving,
              entry.grounds,
              outcome(entry)));
    }
    return changes;
  }

  private static Outcome outcome(Entry entry) {
    Instant from = entry.order.decidedAt();
    return new Outcome(
        entry.state,
        entry.ended == null ? -1 : seconds(from, entry.ended),
        entry.rested == null ? -1 : seconds(from, entry.rested),
        entry.bytesAfter - entry.bytesBefore,
        entry.text);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MILLIS_PER_SECOND;
  }
}
