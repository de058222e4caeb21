package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.DecimalBytes;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decides what writes to one key come to; changes nothing but what it finds expired. */
final class EntryWrites {

  private final ShardStore store;
  private final WriteLimits limits;

  EntryWrites(ShardStore store, WriteLimits limits) {
    this.store = store;
    this.limits = limits;
  }

  Outcome put(String name, Request.Put put) {
    Outcome excess = limits.exceeded(name, put.key(), put.value().length);
    if (excess != null) {
      return excess;
    }
    boolean isBlind =
        put.condition().kind() == Condition.Kind.ALWAYS
            && put.expiry().kind() != Expiry.Kind.KEEP
            && !put.wantsPrevious();
    // What is there does not matter to a blind put, so it is not looked for.
    BucketMap map = isBlind ? null : store.maps().find(name);
    long entry = store.findLive(name, map, put.key());
    byte[] previous = put.wantsPrevious() ? valueOf(map, entry) : null;
    if (!isBlind && !holds(put.condition(), map, entry)) {
      return Outcome.unchanged(new Answer.Stored(false, versionOf(map, entry), previous));
    }
    Change change = storing(name, put.key(), put.value(), put.expiry(), deadlineOf(map, entry));
    return new Outcome(change, new Answer.Stored(true, store.next(), previous));
  }

  /** The change that stores an entry, or removes what is there if it would be expired already. */
  Change storing(String name, byte[] key, byte[] value, Expiry expiry, long presentDeadline) {
    long deadline = Deadlines.resolve(expiry, presentDeadline, store.wallMillis());
    return deadline == Deadlines.PAST
        ? new Change.Remove(name, key)
        : new Change.Put(name, key, value, deadline);
  }

  Outcome remove(String name, Request.Remove remove) {
    BucketMap map = store.maps().find(name);
    long entry = store.findLive(name, map, remove.key());
    byte[] previous = remove.wantsPrevious() ? valueOf(map, entry) : null;
    if (entry == BucketMap.ABSENT || !holds(remove.condition(), map, entry)) {
      return Outcome.unchanged(new Answer.Stored(false, versionOf(map, entry), previous));
    }
    Change change = new Change.Remove(name, remove.key());
    return new Outcome(change, new Answer.Stored(true, store.next(), previous));
  }

  Outcome expire(String name, Request.Expire expire) {
    BucketMap map = store.maps().find(name);
    long entry = store.findLive(name, map, expire.key());
    byte[] value = expire.wantsValue() ? valueOf(map, entry) : null;
    long present = deadlineOf(map, entry);
    Expiry expiry = expire.expiry();
    boolean isIdle =
        expiry.kind() == Expiry.Kind.KEEP
            || (expiry.kind() == Expiry.Kind.NEVER && present == BucketMap.NO_DEADLINE);
    if (entry == BucketMap.ABSENT || isIdle) {
      return Outcome.unchanged(new Answer.Stored(false, versionOf(map, entry), value));
    }
    long deadline = Deadlines.resolve(expiry, present, store.wallMillis());
    Change change =
        deadline == Deadlines.PAST
            ? new Change.Remove(name, expire.key())
            : new Change.Expire(name, expire.key(), deadline);
    return new Outcome(change, new Answer.Stored(true, store.next(), value));
  }

  Outcome add(String name, Request.Add add) {
    BucketMap map = store.maps().find(name);
    long entry = store.findLive(name, map, add.key());
    byte[] text = valueOf(map, entry);
    OptionalLong number = text == null ? OptionalLong.of(0) : DecimalBytes.parse(text);
    if (number.isEmpty()) {
      return notANumber("the value is not a decimal 64-bit number", name, add, text);
    }
    long present = number.getAsLong();
    long sum = present + add.delta();
    if (((present ^ sum) & (add.delta() ^ sum)) < 0) {
      return notANumber("the sum does not fit 64 bits", name, add, text);
    }
    byte[] value = DecimalBytes.format(sum);
    Outcome excess = limits.exceeded(name, add.key(), value.length);
    if (excess != null) {
      return excess;
    }
    Change change = new Change.Put(name, add.key(), value, deadlineOf(map, entry));
    return new Outcome(change, new Answer.Amount(sum));
  }

  private Outcome notANumber(String what, String name, Request.Add add, byte @Nullable [] found) {
    return Outcome.failed(
        FailureCode.NOT_A_NUMBER,
        "%s: map=%s, key=%s, shard=%d, found=%s, delta=%d"
            .formatted(
                what,
                name,
                PrintableBytes.of(add.key()),
                limits.shard(),
                found == null ? "nothing" : PrintableBytes.of(found),
                add.delta()));
  }

  /** O(length of the value). */
  Outcome append(String name, Request.Append append) {
    BucketMap map = store.maps().find(name);
    long entry = store.findLive(name, map, append.key());
    long present = map == null || entry == BucketMap.ABSENT ? 0 : map.valueLength(entry);
    Outcome excess = limits.exceeded(name, append.key(), present + append.suffix().length);
    if (excess != null) {
      return excess;
    }
    byte[] value = joined(valueOf(map, entry), append.suffix());
    Change change = new Change.Put(name, append.key(), value, deadlineOf(map, entry));
    return new Outcome(change, new Answer.Amount(value.length));
  }

  /** What a rule has decided about the entry as it is. */
  Outcome ruled(String name, Request.Invoke invoke, Ruling ruling) {
    if (ruling.effect() == Ruling.Effect.KEEP) {
      return Outcome.unchanged(ruling.answer());
    }
    BucketMap map = store.maps().find(name);
    long entry = store.findLive(name, map, invoke.key());
    if (ruling.effect() == Ruling.Effect.REMOVE) {
      return entry == BucketMap.ABSENT
          ? Outcome.unchanged(ruling.answer())
          : new Outcome(new Change.Remove(name, invoke.key()), ruling.answer());
    }
    byte[] value = requireNonNull(ruling.value());
    Outcome excess = limits.exceeded(name, invoke.key(), value.length);
    return excess != null
        ? excess
        : new Outcome(
            storing(name, invoke.key(), value, ruling.expiry(), deadlineOf(map, entry)),
            ruling.answer());
  }

  private static byte[] joined(byte @Nullable [] some, byte[] others) {
    if (some == null) {
      return others;
    }
    byte[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    return all;
  }

  private static boolean holds(Condition condition, @Nullable BucketMap map, long entry) {
    boolean isPresent = entry != BucketMap.ABSENT;
    return switch (condition.kind()) {
      case ALWAYS -> true;
      case ABSENT -> !isPresent;
      case PRESENT -> isPresent;
      case VALUE_IS ->
          map != null && isPresent && map.valueEquals(entry, requireNonNull(condition.value()));
      case VERSION_IS -> map != null && isPresent && map.version(entry) == condition.version();
    };
  }

  private static byte @Nullable [] valueOf(@Nullable BucketMap map, long entry) {
    return map == null || entry == BucketMap.ABSENT ? null : map.value(entry);
  }

  private static long versionOf(@Nullable BucketMap map, long entry) {
    return map == null || entry == BucketMap.ABSENT ? 0 : map.version(entry);
  }

  static long deadlineOf(@Nullable BucketMap map, long entry) {
    return map == null || entry == BucketMap.ABSENT
        ? BucketMap.NO_DEADLINE
        : map.deadlineMillis(entry);
  }
}
