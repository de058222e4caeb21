package io.shardgrid.client.mirror;

import io.shardgrid.wire.Answer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two clusters have answered to one operation, by meaning. Immutable, stateless.
 *
 * <p>Compared is the time that entries have left, each by the clock of its own primary: moments of
 * two clusters are not comparable, as their clocks differ. An entry that has less left than the
 * tolerance may be gone on the other side.
 *
 * @param ttlToleranceMillis difference of two times to live that is none
 */
record AnswerComparator(long ttlToleranceMillis) {

  /**
   * Compares.
   *
   * @param before the last versions of the key; null if none are known
   */
  Judgement judge(SideReply production, SideReply canary, @Nullable VersionPair before) {
    EnumSet<Mismatch> compared = EnumSet.of(Mismatch.ERROR_CLASS);
    EnumSet<Mismatch> found = EnumSet.noneOf(Mismatch.class);
    if (!production.isSuccess() || !canary.isSuccess()) {
      if (!production.errorClass().equals(canary.errorClass())) {
        boolean isAboutContent = production.isAboutContent() || canary.isAboutContent();
        found.add(isAboutContent ? Mismatch.RESULT : Mismatch.ERROR_CLASS);
      }
      return new Judgement(compared, found);
    }
    compareAnswers(
        Objects.requireNonNull(production.answer()),
        Objects.requireNonNull(canary.answer()),
        compared,
        found);
    if (before != null && production.version() > 0 && canary.version() > 0) {
      compared.add(Mismatch.VERSION_ORDER);
      if (before.isBrokenBy(production.version(), canary.version())) {
        found.add(Mismatch.VERSION_ORDER);
      }
    }
    return new Judgement(compared, found);
  }

  private void compareAnswers(
      Answer production, Answer canary, EnumSet<Mismatch> compared, EnumSet<Mismatch> found) {
    if (isAboutEntry(production) && isAboutEntry(canary)) {
      compared.add(Mismatch.PRESENCE);
      if (production instanceof Answer.Entry one && canary instanceof Answer.Entry other) {
        compareEntries(one, other, compared, found);
      } else if (production instanceof Answer.Entry one && !isEnding(one)) {
        found.add(Mismatch.PRESENCE);
      } else if (canary instanceof Answer.Entry other && !isEnding(other)) {
        found.add(Mismatch.PRESENCE);
      }
      return;
    }
    compared.add(Mismatch.RESULT);
    if (!isSameResult(production, canary)) {
      found.add(Mismatch.RESULT);
    }
  }

  private static boolean isAboutEntry(Answer answer) {
    return answer instanceof Answer.Entry || answer instanceof Answer.Absent;
  }

  private boolean isEnding(Answer.Entry entry) {
    return entry.leftMillis() >= 0 && entry.leftMillis() <= ttlToleranceMillis;
  }

  private void compareEntries(
      Answer.Entry one, Answer.Entry other, EnumSet<Mismatch> compared, EnumSet<Mismatch> found) {
    compared.add(Mismatch.VALUE);
    byte[] value = one.value();
    byte[] otherValue = other.value();
    boolean isSame =
        one.length() == other.length()
            && (value == null || otherValue == null || Arrays.equals(value, otherValue));
    if (!isSame) {
      found.add(Mismatch.VALUE);
    }
    if (one.version() == 0 || other.version() == 0) {
      // One of several values that were asked for at once: nothing but the bytes is known of it.
      return;
    }
    compared.add(Mismatch.TTL);
    boolean hasEnd = one.leftMillis() >= 0;
    boolean hasOtherEnd = other.leftMillis() >= 0;
    if (hasEnd != hasOtherEnd
        || (hasEnd && Math.abs(one.leftMillis() - other.leftMillis()) > ttlToleranceMillis)) {
      found.add(Mismatch.TTL);
    }
  }

  private static boolean isSameResult(Answer production, Answer canary) {
    if (production instanceof Answer.Stored one && canary instanceof Answer.Stored other) {
      return one.applied() == other.applied() && Arrays.equals(one.previous(), other.previous());
    }
    if (production instanceof Answer.Amount one && canary instanceof Answer.Amount other) {
      return one.value() == other.value();
    }
    if (production instanceof Answer.Result one && canary instanceof Answer.Result other) {
      return one.number() == other.number() && Arrays.equals(one.bytes(), other.bytes());
    }
    return production.kind() == canary.kind();
  }
}
