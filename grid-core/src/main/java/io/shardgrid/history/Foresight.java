package io.shardgrid.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model can tell from one whole history, so that a search need not find it out by trying.
 * Nothing here changes a verdict: what is not known may be left at its default.
 */
public interface Foresight<S, I, O> {

  /**
   * Of two operations with equal likeness, times aside, either could take the other's place in any
   * order of the history's operations.
   *
   * @param output null if unknown
   */
  default Object likeness(I input, @Nullable O output) {
    return output == null ? input : List.of(input, output);
  }

  /** A mark of the state without which this operation cannot happen; null if none is known. */
  default @Nullable Object needs(I input, O output) {
    return null;
  }

  /**
   * The mark of every state that this operation leads to; of an unknown one, if it takes effect.
   * Null if none is known. A mark that an operation needs is made by those alone that tell so here.
   *
   * @param output null if unknown
   */
  default @Nullable Object makes(I input, @Nullable O output) {
    return null;
  }

  /**
   * A number that operations follow: none happens after one with a higher rank. 0 for no rank.
   *
   * @param output null if unknown: such an operation has a rank only if it must have happened
   */
  default long rank(I input, @Nullable O output) {
    return 0;
  }

  /** No operation with a lower rank, 0 aside, can happen any more. */
  default long floor(S state) {
    return 0;
  }
}
