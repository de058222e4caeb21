package io.shardgrid.history;

import org.jspecify.annotations.Nullable;

/**
 * What a model can tell from one whole history, so that a search need not find it out by trying.
 * Nothing here changes a verdict: what is not known may be left at its default.
 */
public interface Foresight<S, I, O> {

  /**
   * Groups the operations with unknown outcome: of two with equal likeness, either could take the
   * other's place in any order of the history's operations.
   */
  default Object likeness(I input) {
    return input;
  }

  /** A mark of the state without which this operation cannot happen; null if none is known. */
  default @Nullable Object needs(I input, O output) {
    return null;
  }

  /**
   * The mark of the state that this operation leads to, from a state with another mark. Must be
   * told for every mark that an operation needs; null for all others.
   *
   * @param output null if unknown
   */
  default @Nullable Object makes(I input, @Nullable O output) {
    return null;
  }

  /** A number that operations follow: none happens after one with a higher rank. 0 for no rank. */
  default long rank(I input, O output) {
    return 0;
  }

  /** No operation with a lower rank, 0 aside, can happen any more. */
  default long floor(S state) {
    return 0;
  }
}
