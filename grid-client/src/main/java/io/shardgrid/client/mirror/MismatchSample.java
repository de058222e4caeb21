package io.shardgrid.client.mirror;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.Locale;
import java.util.Objects;

/**
 * A confirmed mismatch to look at: both answers as text of bounded length, anything but printable
 * ASCII as {@code \xNN}. Immutable.
 *
 * @param operation its kind, as {@code get}
 * @param production what production answered when it was first seen
 * @param canary what the canary answered then
 */
public record MismatchSample(
    Mismatch kind, String map, String key, String operation, String production, String canary) {

  static MismatchSample of(Mismatch kind, Comparison comparison) {
    return new MismatchSample(
        kind,
        comparison.key().map(),
        Printable.of(comparison.key().key(), Printable.KEY_CHARS_MAX),
        word(comparison.kind()),
        text(comparison.production()),
        text(comparison.canary()));
  }

  private static String word(Request.Kind kind) {
    return kind.word();
  }

  private static String text(SideReply reply) {
    Answer answer = reply.answer();
    if (answer == null) {
      return reply.errorClass()
          + ": "
          + cut(String.valueOf(Objects.requireNonNull(reply.failure()).getMessage()));
    }
    if (answer instanceof Answer.Entry entry) {
      byte[] value = entry.value();
      return "value=%s, bytes=%d, version=%d, ttl=%s"
          .formatted(
              value == null ? "(not read)" : Printable.of(value, Printable.VALUE_CHARS_MAX),
              entry.length(),
              entry.version(),
              entry.leftMillis() < 0 ? "none" : entry.leftMillis() + " ms");
    }
    if (answer instanceof Answer.Stored stored) {
      byte[] previous = stored.previous();
      return "applied=%s, version=%d, previous=%s"
          .formatted(
              stored.applied(),
              stored.version(),
              previous == null ? "none" : Printable.of(previous, Printable.VALUE_CHARS_MAX));
    }
    if (answer instanceof Answer.Amount amount) {
      return "amount=" + amount.value();
    }
    return answer instanceof Answer.Failed failed
        ? failed.code() + ": " + cut(failed.message())
        : answer.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String cut(String text) {
    return text.length() <= Printable.VALUE_CHARS_MAX
        ? text
        : text.substring(0, Printable.VALUE_CHARS_MAX) + "...";
  }
}
