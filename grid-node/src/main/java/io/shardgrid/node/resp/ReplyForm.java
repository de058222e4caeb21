package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import org.jspecify.annotations.Nullable;

/** Says how a shard's answer looks as a reply. */
@FunctionalInterface
interface ReplyForm {

  /** {@code OK}, whatever the answer. */
  ReplyForm OK = (out, version, answer) -> RespWriter.ok(out);

  /** {@code OK} if the write was applied, else nothing. */
  ReplyForm OK_IF_APPLIED =
      (out, version, answer) -> {
        if (stored(answer).applied()) {
          RespWriter.ok(out);
        } else {
          RespWriter.nil(out, version);
        }
      };

  /** 1 if the write was applied, else 0. */
  ReplyForm APPLIED =
      (out, version, answer) -> RespWriter.integer(out, stored(answer).applied() ? 1 : 0);

  /** The value that was there before, or nothing. */
  ReplyForm PREVIOUS = (out, version, answer) -> bulkOrNil(out, stored(answer).previous(), version);

  /** The entry's value, or nothing. */
  ReplyForm VALUE =
      (out, version, answer) -> {
        Answer.Entry entry = entry(answer);
        bulkOrNil(out, entry == null ? null : entry.value(), version);
      };

  /** 1 if there is an entry, else 0. */
  ReplyForm PRESENT =
      (out, version, answer) -> RespWriter.integer(out, entry(answer) == null ? 0 : 1);

  /** The length of the value, 0 if there is none. */
  ReplyForm LENGTH =
      (out, version, answer) -> {
        Answer.Entry entry = entry(answer);
        RespWriter.integer(out, entry == null ? 0 : entry.length());
      };

  /** The type of the value: {@code string} or {@code none}. */
  ReplyForm TYPE =
      (out, version, answer) -> RespWriter.simple(out, entry(answer) == null ? "none" : "string");

  /** Milliseconds left; -1 for never, -2 if there is no entry. */
  ReplyForm MILLIS_LEFT =
      (out, version, answer) -> {
        Answer.Entry entry = entry(answer);
        RespWriter.integer(out, entry == null ? -2 : entry.leftMillis());
      };

  /** Seconds left, rounded; -1 for never, -2 if there is no entry. */
  ReplyForm SECONDS_LEFT =
      (out, version, answer) -> {
        Answer.Entry entry = entry(answer);
        long millis = entry == null ? -2 : entry.leftMillis();
        RespWriter.integer(out, millis < 0 ? millis : (millis + 500) / 1000);
      };

  /** The amount. */
  ReplyForm AMOUNT =
      (out, version, answer) ->
          RespWriter.integer(out, expected(Answer.Amount.class, answer).value());

  /** What a rule gave: its bytes, or else its number. */
  ReplyForm RESULT =
      (out, version, answer) -> {
        Answer.Result result = expected(Answer.Result.class, answer);
        if (result.bytes() == null) {
          RespWriter.integer(out, result.number());
        } else {
          RespWriter.bulk(out, result.bytes());
        }
      };

  /** The values, nothing where there is no entry. */
  ReplyForm VALUES =
      (out, version, answer) -> {
        Answer.Values values = expected(Answer.Values.class, answer);
        RespWriter.arrayHeader(out, values.values().size());
        for (byte[] value : values.values()) {
          bulkOrNil(out, value, version);
        }
      };

  /** Appends the reply; the answer is neither a refusal nor a failure. */
  void write(ByteBuf out, RespVersion version, Answer answer);

  private static void bulkOrNil(ByteBuf out, byte @Nullable [] value, RespVersion version) {
    if (value == null) {
      RespWriter.nil(out, version);
    } else {
      RespWriter.bulk(out, value);
    }
  }

  private static Answer.Stored stored(Answer answer) {
    return expected(Answer.Stored.class, answer);
  }

  private static Answer.@Nullable Entry entry(Answer answer) {
    return answer instanceof Answer.Absent ? null : expected(Answer.Entry.class, answer);
  }

  private static <A extends Answer> A expected(Class<A> type, Answer answer) {
    if (!type.isInstance(answer)) {
      throw new IllegalStateException(
          "A shard answered with another kind: wanted="
              + type.getSimpleName()
              + ", found="
              + answer.kind());
    }
    return type.cast(answer);
  }
}
