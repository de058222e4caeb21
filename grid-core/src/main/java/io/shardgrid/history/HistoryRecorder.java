package io.shardgrid.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what clients do and learn, and hands it out key by key.
 *
 * <p>Gives every event the next number as its time. Thread-safe by one lock, so that an operation
 * whose end was recorded before another was announced precedes it: announce before asking, record
 * the outcome after it is known.
 *
 * <p>Cost: O(1) an event. Nothing is ever dropped: an operation takes about 100 bytes beside its
 * input and output, a key about 300. Who records without end replaces the recorder now and then.
 */
public final class HistoryRecorder<I, O> {

  private final Map<Place, List<Ticket<I, O>>> tickets = new LinkedHashMap<>();
  private long time;

  private record Place(String map, Bytes key) {}

  /** Stands for an announced operation until its outcome is recorded. */
  public static final class Ticket<I, O> {
    private final long client;
    private final I input;
    private final long invoked;
    private long completed = RecordedOperation.NEVER;
    private @Nullable Outcome<O> outcome;

    private Ticket(long client, I input, long invoked) {
      this.client = client;
      this.input = input;
      this.invoked = invoked;
    }

    private RecordedOperation<I, O> operation() {
      Outcome<O> known = outcome == null ? new Outcome.Unknown<>() : outcome;
      return new RecordedOperation<>(client, input, known, invoked, completed);
    }
  }

  /** A client is about to ask for something. */
  public synchronized Ticket<I, O> invoked(String map, Bytes key, long client, I input) {
    Ticket<I, O> ticket = new Ticket<>(client, input, ++time);
    tickets.computeIfAbsent(new Place(map, key), place -> new ArrayList<>()).add(ticket);
    return ticket;
  }

  /** The operation ended with a result. */
  public void answered(Ticket<I, O> ticket, O output) {
    complete(ticket, new Outcome.Answered<>(output));
  }

  /** The operation ended, and it is certain that it has no effect. */
  public void nothingDone(Ticket<I, O> ticket) {
    complete(ticket, new Outcome.NothingDone<>());
  }

  /**
   * It will not be known whether the operation has an effect. An operation without a recorded
   * outcome counts as unknown too.
   */
  public synchronized void unknown(Ticket<I, O> ticket) {
    end(ticket, new Outcome.Unknown<>());
  }

  private synchronized void complete(Ticket<I, O> ticket, Outcome<O> outcome) {
    end(ticket, outcome);
    ticket.completed = ++time;
  }

  private void end(Ticket<I, O> ticket, Outcome<O> outcome) {
    if (ticket.outcome != null) {
      throw new IllegalStateException(
          "An operation ended twice: first=%s, then=%s".formatted(ticket.operation(), outcome));
    }
    ticket.outcome = outcome;
  }

  /** What was recorded so far, keys in the order of their first operations. O(n log n). */
  public synchronized List<KeyHistory<I, O>> histories() {
    List<KeyHistory<I, O>> histories = new ArrayList<>();
    tickets.forEach(
        (place, all) ->
            histories.add(
                new KeyHistory<>(
                    place.map(), place.key(), all.stream().map(Ticket::operation).toList())));
    return histories;
  }
}
