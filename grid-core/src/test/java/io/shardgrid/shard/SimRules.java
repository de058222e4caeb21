package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.history.EntryOutput;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules as operations that the checkers know: what is asked in one of them has the answer and the
 * effect of the plain request. They are on their way for a while.
 */
final class SimRules {

  private static final String READS = "reads";
  private static final String WRITES = "writes";

  private final SimTime time;

  SimRules(SimTime time) {
    this.time = time;
  }

  /** The request as it is, or what asks a rule for the same. */
  Request perhapsRuled(Request request) {
    if (!time.chance(0.25)) {
      return request;
    }
    if (request instanceof Request.Get get) {
      return new Request.Invoke(
          get.key(), time.chance(0.7) ? READS : WRITES, "get", new long[0], List.of());
    }
    if (request instanceof Request.Add add) {
      return new Request.Invoke(add.key(), WRITES, "add", new long[] {add.delta()}, List.of());
    }
    if (request instanceof Request.Append append) {
      return new Request.Invoke(
          append.key(), WRITES, "append", new long[0], List.of(append.suffix()));
    }
    return ruledUnlessConditional(request);
  }

  private static Request ruledUnlessConditional(Request request) {
    if (request instanceof Request.Put put && put.condition().equals(Condition.ALWAYS)) {
      return new Request.Invoke(
          put.key(), WRITES, "put", flag(put.wantsPrevious()), List.of(put.value()));
    }
    return request instanceof Request.Remove remove && remove.condition().equals(Condition.ALWAYS)
        ? new Request.Invoke(
            remove.key(), WRITES, "remove", flag(remove.wantsPrevious()), List.of())
        : request;
  }

  private static long[] flag(boolean isSet) {
    return new long[] {isSet ? 1 : 0};
  }

  boolean isKnownToRead(String rule) {
    return rule.equals(READS);
  }

  /** How long it takes a rule to decide: mostly little, at times longer than anybody waits. */
  long delayNanos() {
    double kind = time.random.nextDouble();
    if (kind < 0.6) {
      return 0;
    }
    if (kind < 0.98) {
      return time.between(0, 5);
    }
    return time.between(0, kind < 0.999 ? 100 : 6_000);
  }

  static Ruling decide(Invocation invocation) {
    Request.Invoke asked = invocation.request();
    byte[] value = invocation.found() instanceof Answer.Entry entry ? entry.value() : null;
    return switch (asked.function()) {
      case "get" -> Ruling.keep(invocation.found());
      case "add" -> added(value, asked.numbers()[0]);
      case "append" -> {
        byte[] suffix = asked.bytes().get(0);
        byte[] all = value == null ? new byte[0] : value;
        String joined = new String(all, UTF_8) + new String(suffix, UTF_8);
        byte[] next = joined.getBytes(UTF_8);
        yield Ruling.put(next, Expiry.KEEP, new Answer.Amount(next.length));
      }
      case "put" -> Ruling.put(asked.bytes().get(0), Expiry.NEVER, stored(true, asked, value));
      case "remove" -> Ruling.remove(stored(value != null, asked, value));
      default -> throw new IllegalArgumentException(asked.function());
    };
  }

  /** What the plain request is answered with, but for the version, which no rule knows. */
  private static Answer stored(boolean applied, Request.Invoke asked, byte @Nullable [] previous) {
    return new Answer.Stored(
        applied, EntryOutput.UNTOLD, asked.numbers()[0] == 1 ? previous : null);
  }

  private static Ruling added(byte @Nullable [] value, long delta) {
    try {
      long sum = Math.addExact(value == null ? 0 : Long.parseLong(new String(value, UTF_8)), delta);
      return Ruling.put(Long.toString(sum).getBytes(UTF_8), Expiry.KEEP, new Answer.Amount(sum));
    } catch (NumberFormatException | ArithmeticException e) {
      return Ruling.keep(new Answer.Failed(FailureCode.NOT_A_NUMBER, e.toString()));
    }
  }
}
