package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an authority and the registers say to each other. Every message names the authority by its
 * term and by the number that its incarnation drew: two that start at once may choose one term, and
 * only one of them may write under it.
 */
public sealed interface RegisterMessage {

  /** The authority's term. In a reply: of the request that it answers. */
  int term();

  /** The number that this incarnation of the authority drew. */
  long authority();

  /** What an authority asks of a register. May be repeated. */
  sealed interface Request extends RegisterMessage {}

  /** What a register answers. */
  sealed interface Reply extends RegisterMessage {}

  /** Asks for everything known, and to refuse older terms. Answered with promise or refusal. */
  record Prepare(int term, long authority) implements Request {}

  /**
   * Asks to keep these entries. Answered with {@link Accepted} or {@link Refused}.
   *
   * @param round number of this write among the authority's, so that late answers are told apart
   * @param memo to be kept too, if it is a later one
   */
  record Accept(
      int term, long authority, int round, Charter charter, List<PlacementEntry> entries, Memo memo)
      implements Request {

    public Accept {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Older terms are refused from now on; this is everything known.
   *
   * @param charter null as long as no table was written here
   */
  record Promise(
      int term, long authority, @Nullable Charter charter, List<PlacementEntry> entries, Memo memo)
      implements Reply {

    public Promise {
      entries = List.copyOf(entries);
    }
  }

  /** The entries of that round are kept. */
  record Accepted(int term, long authority, int round) implements Reply {}

  /** Another authority was promised {@code promisedTerm}, which is not below {@code term}. */
  record Refused(int term, long authority, int promisedTerm) implements Reply {}
}
