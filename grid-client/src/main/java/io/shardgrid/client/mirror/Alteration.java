package io.shardgrid.client.mirror;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a known mismatch of a canary's answer, for the self-test. Immutable, stateless.
 *
 * @param kind the mismatch that is made
 * @param ttlToleranceMillis that the comparator allows, so that more than that is made
 */
record Alteration(Mismatch kind, long ttlToleranceMillis) {

  private static final long TIMES_TOLERANCE = 10;
  private static final long AN_HOUR_MILLIS = 3_600_000;
  private static final int FLIPPED_BIT = 1;

  /**
   * The answer with that mismatch; null if this one cannot have it.
   *
   * @param before the last versions of the key, without which their order cannot be broken
   */
  @Nullable SideReply of(SideReply canary, @Nullable VersionPair before) {
    Answer answer = canary.answer();
    if (answer == null || !canary.isSuccess()) {
      return null;
    }
    Answer altered =
        switch (kind) {
          case PRESENCE -> answer instanceof Answer.Entry entry ? absent(entry) : null;
          case VALUE -> answer instanceof Answer.Entry entry ? withOtherValue(entry) : null;
          case TTL -> answer instanceof Answer.Entry entry ? withOtherEnd(entry) : null;
          case VERSION_ORDER ->
              answer instanceof Answer.Entry entry && before != null && before.canary() > 1
                  ? withVersion(entry, before.canary() - 1)
                  : null;
          case RESULT -> otherResult(answer);
          case ERROR_CLASS -> new Answer.Failed(FailureCode.INTERNAL, "made by the self-test");
        };
    return altered == null ? null : SideReply.of(altered);
  }

  private @Nullable Answer absent(Answer.Entry entry) {
    // One that is about to expire may be gone, which is no mismatch.
    return entry.leftMillis() < 0 || entry.leftMillis() > ttlToleranceMillis * TIMES_TOLERANCE
        ? Answer.Absent.INSTANCE
        : null;
  }

  private static @Nullable Answer withOtherValue(Answer.Entry entry) {
    byte[] value = entry.value();
    if (value == null) {
      return null;
    }
    byte[] other = Arrays.copyOf(value, Math.max(1, value.length));
    other[other.length - 1] ^= FLIPPED_BIT;
    return new Answer.Entry(
        other, other.length, entry.version(), entry.deadlineMillis(), entry.leftMillis());
  }

  private Answer withOtherEnd(Answer.Entry entry) {
    long left =
        entry.leftMillis() < 0
            ? AN_HOUR_MILLIS
            : entry.leftMillis() + ttlToleranceMillis * TIMES_TOLERANCE + 1;
    return new Answer.Entry(
        entry.value(), entry.length(), entry.version(), entry.deadlineMillis(), left);
  }

  private static Answer withVersion(Answer.Entry entry, long version) {
    return new Answer.Entry(
        entry.value(), entry.length(), version, entry.deadlineMillis(), entry.leftMillis());
  }

  private static @Nullable Answer otherResult(Answer answer) {
    if (answer instanceof Answer.Stored stored) {
      return new Answer.Stored(!stored.applied(), stored.version(), stored.previous());
    }
    return answer instanceof Answer.Amount amount ? new Answer.Amount(amount.value() + 1) : null;
  }
}
