package io.shardgrid.autoscale;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the node that decides: kept by the cluster before anything is done. Immutable.
 *
 * @param run the incarnation of the autoscaler that wrote it
 * @param orders how many orders were given so far: the number of the last one
 * @param history what was recommended and changed
 * @param order what is being carried out; null if nothing is
 * @param notes what was done of late, at most the last 32
 */
public record ScaleState(
    long run,
    long orders,
    ScaleHistory history,
    @Nullable ScaleOrder order,
    List<ScaleNote> notes) {

  private static final int NOTES_MAX = 32;

  /** Nothing was ever decided. */
  public static final ScaleState NONE = new ScaleState(0, 0, ScaleHistory.NONE, null, List.of());

  public ScaleState {
    notes = List.copyOf(notes.subList(Math.max(0, notes.size() - NOTES_MAX), notes.size()));
  }

  /** In the hands of another incarnation. */
  ScaleState takenBy(long next) {
    return new ScaleState(next, orders, history, order, notes);
  }

  /** After a decision that changes nothing. */
  ScaleState with(ScaleHistory next) {
    return new ScaleState(run, orders, next, order, notes);
  }

  /** With an order that is to be carried out. */
  ScaleState with(ScaleOrder next, ScaleHistory after, ScaleNote note) {
    return new ScaleState(run, next.number(), after, next, plus(note));
  }

  /** Without the order, that has come to its end. */
  ScaleState ended(ScaleNote note) {
    return new ScaleState(run, orders, history, null, plus(note));
  }

  private List<ScaleNote> plus(ScaleNote note) {
    List<ScaleNote> more = new ArrayList<>(notes);
    more.add(note);
    return more;
  }
}
