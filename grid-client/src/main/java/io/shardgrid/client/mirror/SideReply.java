package io.shardgrid.client.mirror;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridException;
import io.shardgrid.wire.Answer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended at one of the two clusters. Immutable; the answer's bytes are not copied.
 *
 * @param answer what a shard has answered; null if the operation came to no answer
 * @param failure why it came to none; null if it did
 */
public record SideReply(@Nullable Answer answer, @Nullable GridException failure) {

  private static final String NONE = "";
  private static final int SHOWN_BYTES_MAX = 512;

  /** An answer. */
  static SideReply of(Answer answer) {
    return new SideReply(answer, null);
  }

  /** No answer. */
  static SideReply of(GridException failure) {
    return new SideReply(null, failure);
  }

  /** The class of its error; empty if it is none. */
  public String errorClass() {
    if (failure != null) {
      return failure.getClass().getSimpleName();
    }
    return answer instanceof Answer.Failed failed
        ? failed.code().toException("").getClass().getSimpleName()
        : NONE;
  }

  /** Whether the operation was carried out. */
  public boolean isSuccess() {
    return failure == null && !(answer instanceof Answer.Failed);
  }

  /** Whether it failed because of what the entry held, so that another content explains it. */
  boolean isAboutContent() {
    return answer instanceof Answer.Failed failed
        && (failed.code() == FailureCode.NOT_A_NUMBER
            || failed.code() == FailureCode.VALUE_TOO_LARGE
            || failed.code() == FailureCode.RULE_TRAPPED
            || failed.code() == FailureCode.RULE_REFUSED);
  }

  /** The entry's version, if the answer tells one; else 0. */
  long version() {
    if (answer instanceof Answer.Entry entry) {
      return entry.version();
    }
    return answer instanceof Answer.Stored stored && stored.applied() ? stored.version() : 0;
  }

  /** Bytes that the answer holds. */
  long bytes() {
    if (answer instanceof Answer.Entry entry) {
      return entry.value() == null ? 0 : entry.value().length;
    }
    if (answer instanceof Answer.Result result) {
      return result.bytes() == null ? 0 : result.bytes().length;
    }
    return answer instanceof Answer.Stored stored && stored.previous() != null
        ? stored.previous().length
        : 0;
  }

  /** The same with no more of values than can be shown. */
  SideReply cut() {
    if (bytes() <= SHOWN_BYTES_MAX) {
      return this;
    }
    if (answer instanceof Answer.Entry entry) {
      return of(
          new Answer.Entry(
              cut(entry.value()),
              entry.length(),
              entry.version(),
              entry.deadlineMillis(),
              entry.leftMillis()));
    }
    if (answer instanceof Answer.Result result) {
      return of(new Answer.Result(result.number(), cut(result.bytes())));
    }
    return answer instanceof Answer.Stored stored
        ? of(new Answer.Stored(stored.applied(), stored.version(), cut(stored.previous())))
        : this;
  }

  private static byte @Nullable [] cut(byte @Nullable [] value) {
    return value == null ? null : Arrays.copyOf(value, Math.min(value.length, SHOWN_BYTES_MAX));
  }
}
