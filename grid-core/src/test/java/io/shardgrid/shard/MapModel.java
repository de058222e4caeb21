package io.shardgrid.shard;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a shard's map should do, said as plainly as possible: for tests to compare with. */
final class MapModel {

  private final Map<String, Held> entries = new HashMap<>();
  private long wallMillis;

  /** Stands for the failure, whatever its message. */
  static final Answer NOT_A_NUMBER = new Answer.Failed(FailureCode.NOT_A_NUMBER, "");

  record Held(String value, long version, long deadlineMillis) {}

  void advance(long toMillis) {
    wallMillis = Math.max(wallMillis, toMillis);
    entries
        .values()
        .removeIf(held -> held.deadlineMillis != 0 && held.deadlineMillis <= wallMillis);
  }

  Map<String, Held> entries() {
    return entries;
  }

  /** The answer to a request; {@code number} is the number of the write. */
  Answer answer(Request request, long number) {
    return switch (request.kind()) {
      case GET -> get(((Request.Get) request).key());
      case PUT -> put((Request.Put) request, number);
      case REMOVE -> remove((Request.Remove) request, number);
      case EXPIRE -> expire((Request.Expire) request, number);
      case ADD -> add((Request.Add) request, number);
      case APPEND -> append((Request.Append) request, number);
      case PUT_ALL -> putAll((Request.PutAll) request, number);
      case REMOVE_ALL -> removeAll((Request.RemoveAll) request);
      default -> throw new IllegalArgumentException("not modelled: " + request);
    };
  }

  private Answer get(byte[] key) {
    Held held = entries.get(text(key));
    if (held == null) {
      return new Answer.Absent();
    }
    long left = held.deadlineMillis == 0 ? -1 : held.deadlineMillis - wallMillis;
    byte[] value = Shell.bytes(held.value);
    return new Answer.Entry(value, value.length, held.version, held.deadlineMillis, left);
  }

  private Answer put(Request.Put put, long number) {
    Held held = entries.get(text(put.key()));
    byte[] previous = put.wantsPrevious() ? value(held) : null;
    if (!holds(put.condition(), held)) {
      return new Answer.Stored(false, held == null ? 0 : held.version, previous);
    }
    store(put.key(), text(put.value()), put.expiry(), number);
    return new Answer.Stored(true, number, previous);
  }

  private Answer remove(Request.Remove remove, long number) {
    Held held = entries.get(text(remove.key()));
    byte[] previous = remove.wantsPrevious() ? value(held) : null;
    if (held == null || !holds(remove.condition(), held)) {
      return new Answer.Stored(false, held == null ? 0 : held.version, previous);
    }
    entries.remove(text(remove.key()));
    return new Answer.Stored(true, number, previous);
  }

  private Answer expire(Request.Expire expire, long number) {
    Held held = entries.get(text(expire.key()));
    if (held == null) {
      return new Answer.Stored(false, 0, null);
    }
    byte[] value = expire.wantsValue() ? value(held) : null;
    boolean isIdle =
        expire.expiry().kind() == Expiry.Kind.KEEP
            || (expire.expiry().kind() == Expiry.Kind.NEVER && held.deadlineMillis == 0);
    if (isIdle) {
      return new Answer.Stored(false, held.version, value);
    }
    store(expire.key(), held.value, expire.expiry(), number);
    return new Answer.Stored(true, number, value);
  }

  private Answer add(Request.Add add, long number) {
    Held held = entries.get(text(add.key()));
    BigInteger sum = BigInteger.valueOf(add.delta());
    if (held != null && !held.value.matches("0|-?[1-9][0-9]*")) {
      return NOT_A_NUMBER;
    }
    sum = sum.add(new BigInteger(held == null ? "0" : held.value));
    if (sum.bitLength() > 63 || (held != null && held.value.length() > 20)) {
      return NOT_A_NUMBER;
    }
    store(add.key(), sum.toString(), Expiry.KEEP, number);
    return new Answer.Amount(sum.longValue());
  }

  private Answer append(Request.Append append, long number) {
    Held held = entries.get(text(append.key()));
    String value = (held == null ? "" : held.value) + text(append.suffix());
    store(append.key(), value, Expiry.KEEP, number);
    return new Answer.Amount(value.length());
  }

  private Answer putAll(Request.PutAll putAll, long number) {
    for (int i = 0; i < putAll.keys().size(); i++) {
      store(putAll.keys().get(i), text(putAll.values().get(i)), putAll.expiry(), number);
    }
    return Answer.Done.INSTANCE;
  }

  private Answer removeAll(Request.RemoveAll removeAll) {
    long count = removeAll.keys().stream().filter(key -> entries.remove(text(key)) != null).count();
    return new Answer.Amount(count);
  }

  private void store(byte[] key, String value, Expiry expiry, long number) {
    Held held = entries.get(text(key));
    long deadline =
        switch (expiry.kind()) {
          case NEVER -> 0;
          case KEEP -> held == null ? 0 : held.deadlineMillis;
          case AFTER -> wallMillis + expiry.millis();
          case AT -> expiry.millis();
        };
    if (deadline != 0 && deadline <= wallMillis) {
      entries.remove(text(key));
    } else {
      entries.put(text(key), new Held(value, number, deadline));
    }
  }

  private static boolean holds(Condition condition, @Nullable Held held) {
    return switch (condition.kind()) {
      case ALWAYS -> true;
      case ABSENT -> held == null;
      case PRESENT -> held != null;
      case VALUE_IS ->
          held != null && condition.value() != null && held.value.equals(text(condition.value()));
      case VERSION_IS -> held != null && held.version == condition.version();
    };
  }

  private static byte @Nullable [] value(@Nullable Held held) {
    return held == null ? null : Shell.bytes(held.value);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
