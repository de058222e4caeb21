package io.shardgrid.route;

import io.shardgrid.map.RuleAnswer;
import io.shardgrid.wire.Answer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the plain results out of answers; a shard's failure becomes its exception. */
final class Answers {

  private Answers() {}

  /** The answer itself, if it is no failure. */
  static Answer checked(Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      throw failed.code().toException(failed.message());
    }
    return answer;
  }

  // A stage of Void has null for its result; NullAway cannot see that.
  @SuppressWarnings("NullAway")
  static Void nothing(Answer answer) {
    checked(answer);
    return null;
  }

  static Boolean isEntry(Answer answer) {
    return checked(answer) instanceof Answer.Entry;
  }

  static Boolean isApplied(Answer answer) {
    return expected(Answer.Stored.class, answer).applied();
  }

  static Long amount(Answer answer) {
    return expected(Answer.Amount.class, answer).value();
  }

  static RuleAnswer result(Answer answer) {
    Answer.Result result = expected(Answer.Result.class, answer);
    return new RuleAnswer(result.number(), result.bytes());
  }

  static Optional<Duration> timeLeft(Answer answer) {
    Answer.Entry entry = entry(answer);
    return entry != null && entry.leftMillis() >= 0
        ? Optional.of(Duration.ofMillis(entry.leftMillis()))
        : Optional.empty();
  }

  /** The entry, or null if there is none. */
  static Answer.@Nullable Entry entry(Answer answer) {
    return checked(answer) instanceof Answer.Absent ? null : expected(Answer.Entry.class, answer);
  }

  static <A extends Answer> A expected(Class<A> type, Answer answer) {
    if (!type.isInstance(checked(answer))) {
      throw new IllegalStateException(
          "A shard answered with another kind: wanted="
              + type.getSimpleName()
              + ", found="
              + answer.kind());
    }
    return type.cast(answer);
  }
}
