package io.shardgrid.history;

import org.jspecify.annotations.Nullable;

/**
 * What the check of one history came to.
 *
 * @param steps what the verdict cost; its explanation is not counted
 * @param explanation present exactly with {@link Verdict#NOT_LINEARIZABLE}
 */
public record Finding<I, O>(
    KeyHistory<I, O> history,
    Verdict verdict,
    long steps,
    @Nullable Explanation<I, O> explanation) {

  /** The verdict in a line, or the explanation. */
  @Override
  public String toString() {
    String where = "map=%s, key=%s".formatted(history.map(), history.key());
    return explanation != null
        ? "Not linearizable: %s. %s".formatted(where, explanation)
        : "%s: %s, operations=%d, steps=%d"
            .formatted(verdict, where, history.operations().size(), steps);
  }
}
