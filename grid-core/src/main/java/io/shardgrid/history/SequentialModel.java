package io.shardgrid.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an object does when it is asked one operation at a time. Stateless.
 *
 * <p>Only {@link #initial} and {@link #step} say what is right; the rest makes checks shorter.
 *
 * @param <S> states: immutable, with {@code equals}. One may stand for several between which the
 *     outputs so far do not decide; a step then answers those of them that fit
 * @param <I> inputs: immutable, with {@code equals}
 * @param <O> outputs: immutable, with {@code equals}
 */
public interface SequentialModel<S, I, O> {

  /** The state before any operation. */
  S initial();

  /**
   * The state after an operation.
   *
   * @param output null if unknown: the operation takes effect, whatever its answer
   * @return null if the output is impossible; for an unknown output null also where the operation
   *     would change nothing
   */
  @Nullable S step(S state, I input, @Nullable O output);

  /**
   * Whether an operation with this output never changes anything, in no state; at most it tells
   * between those that one state stands for.
   */
  default boolean isReadOnly(I input, O output) {
    return false;
  }

  /** Whether all that is possible from {@code other} is possible from {@code some} as well. */
  default boolean covers(S some, S other) {
    return some.equals(other);
  }

  /** What can be seen of a state: equal where one state covers another. Has {@code equals}. */
  default Object mark(S state) {
    return state;
  }

  /** What can be told about the operations of one history as a whole. */
  default Foresight<S, I, O> foresight(List<RecordedOperation<I, O>> operations) {
    return new Foresight<>() {};
  }
}
