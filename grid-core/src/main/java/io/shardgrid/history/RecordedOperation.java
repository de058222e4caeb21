package io.shardgrid.history;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a client as its caller saw it. Immutable if input and output are.
 *
 * <p>Times are numbers that order the events of a history and mean nothing else.
 *
 * @param client who asked; a client may have several operations open
 * @param invoked before anything of the operation happened
 * @param completed after the outcome was known; {@link #NEVER} exactly if it is unknown
 */
public record RecordedOperation<I, O>(
    long client, I input, Outcome<O> outcome, long invoked, long completed) {

  /** The end of an operation whose outcome is unknown. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Checks that the operation ends after it begins. */
  public RecordedOperation {
    boolean isOpen = outcome instanceof Outcome.Unknown;
    if (isOpen != (completed == NEVER) || completed <= invoked) {
      throw new IllegalArgumentException(
          "An operation ends after it begins, or is unknown and never ends:"
              + " input=%s, outcome=%s, invoked=%d, completed=%d"
                  .formatted(input, outcome, invoked, completed));
    }
  }

  /** The result; null if there is none. */
  @Nullable O output() {
    return outcome instanceof Outcome.Answered<O> answered ? answered.output() : null;
  }

  boolean isAnswered() {
    return outcome instanceof Outcome.Answered;
  }

  boolean isOpen() {
    return completed == NEVER;
  }

  /** The same operation before its end. */
  RecordedOperation<I, O> reopened() {
    return new RecordedOperation<>(client, input, new Outcome.Unknown<>(), invoked, NEVER);
  }

  @Override
  public String toString() {
    String end = isOpen() ? "..." : Long.toString(completed);
    return "%8d to %-8s client %-4d %s -> %s".formatted(invoked, end, client, input, outcome);
  }
}
