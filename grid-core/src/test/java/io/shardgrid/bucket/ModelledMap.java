package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.ABSENT;
import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;

import io.shardgrid.bucket.BucketMap.Increment;
import io.shardgrid.bucket.BucketMap.Stored;
import io.shardgrid.bucket.BucketMap.Summed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * A bucket map beside a {@link HashMap} that says what it should hold, with a scan always in
 * flight. Everything follows from the seed; a failure is an {@link AssertionError}.
 */
final class ModelledMap {

  /** What the map should hold for a key. */
  private record Expected(byte[] value, long version, long deadlineMillis) {}

  private static final int EXTENT_CHANCE = 400;

  /** The share of puts while entries are only removed. */
  private static final int DRAINING = -1;

  private final Random random;
  private final BucketMap map;
  private final boolean mayRefuse;
  private final LongFunction<byte[]> keyOf;
  private final int keys;
  private final int valueLengthMax;
  private final boolean evicts;
  private BucketMapStatistics before;
  private final Map<Integer, Expected> model = new HashMap<>();
  private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
  private final Set<Integer> presentThroughout = new HashSet<>();
  private final Set<Integer> visited = new HashSet<>();
  private long nowMillis = 1_000_000;
  private long cursor;
  private long version;
  private int refusals;
  private boolean isScanning;
  private final EnumSet<Event> events = EnumSet.noneOf(Event.class);

  /** What is to happen in some of the runs: a test in which it never does tests nothing. */
  enum Event {
    GREW,
    SHRANK,
    COMPACTED,
    FOUND_DUE,
    EVICTED,
    ENDED_A_SCAN,
    HAD_EXTENTS
  }

  ModelledMap(long seed, BucketMap map, PageBudget budget, Shape shape) {
    this.random = new Random(seed);
    this.map = map;
    this.mayRefuse = budget.reserve(1L << 50) ? giveBack(budget) : true;
    this.keyOf = shape.keyOf();
    this.keys = shape.keys();
    this.valueLengthMax = shape.valueLengthMax();
    this.evicts = shape.evicts();
    this.before = map.statistics();
    map.passTime(nowMillis, Integer.MAX_VALUE);
    for (int number = 0; number < keys; number++) {
      numbers.put(ByteBuffer.wrap(key(number)), number);
    }
  }

  /** Which keys and values there are. */
  record Shape(LongFunction<byte[]> keyOf, int keys, int valueLengthMax, boolean evicts) {}

  private static boolean giveBack(PageBudget budget) {
    budget.release(1L << 50);
    return false;
  }

  void run(int operations) {
    // A tide of inserts and removals, so that the map fills, churns and empties.
    int putShare = 90;
    for (int i = 0; i < operations; i++) {
      if (random.nextInt(operations / 6 + 1) == 0) {
        putShare = random.nextInt(2) == 0 ? DRAINING : random.nextInt(100);
      }
      step(putShare);
      checkCounters();
      note();
    }
    checkAll();
  }

  /** What has happened. */
  Set<Event> events() {
    return events;
  }

  private void note() {
    BucketMapStatistics now = map.statistics();
    note(Event.GREW, now.buckets() > before.buckets());
    note(Event.SHRANK, now.buckets() < before.buckets() && now.entries() > 0);
    note(Event.COMPACTED, now.compactedBytes() > 0);
    note(Event.HAD_EXTENTS, now.extents() > 0);
    before = now;
  }

  private void note(Event event, boolean hasHappened) {
    if (hasHappened) {
      events.add(event);
    }
  }

  int refusals() {
    return refusals;
  }

  void clear() {
    map.clear();
    model.clear();
    presentThroughout.clear();
    checkCounters();
  }

  private void step(int putShare) {
    int number = random.nextInt(keys);
    switch (random.nextInt(16)) {
      case 0 -> expire(number);
      case 1 -> get(number);
      case 2 -> scan();
      case 3 -> passTime();
      case 4 -> conditional(number);
      case 5 -> increment(number);
      case 6 -> seldom();
      default -> {
        if (putShare == DRAINING) {
          remove(present(number));
        } else if (random.nextInt(100) < putShare) {
          put(number);
        } else {
          remove(number);
        }
      }
    }
  }

  /** The number of an entry that is there, or of none if a few tries find none. */
  private int present(int number) {
    int found = number;
    for (int tries = 0; tries < 20 && !model.containsKey(found); tries++) {
      found = random.nextInt(keys);
    }
    return found;
  }

  private void seldom() {
    int chance = random.nextInt(3_000);
    if (chance == 0) {
      clear();
    } else if (chance < 1_000) {
      map.maintain(1 + random.nextInt(20));
    } else if (evicts) {
      evict();
    }
  }

  private void put(int number) {
    Expected entry = fresh();
    Stored stored = map.put(key(number), entry.value(), entry.version(), entry.deadlineMillis());
    stored(number, entry, stored, true);
  }

  /** Compares what became of a write with what should have, and notes it. */
  private void stored(int number, Expected entry, Stored stored, boolean condition) {
    Expected before = model.get(number);
    if (stored == Stored.REFUSED) {
      refusals++;
      require(mayRefuse && condition, "refused", number);
    } else if (!condition) {
      require(stored == Stored.UNMET, stored, number);
    } else {
      require(stored == (before == null ? Stored.INSERTED : Stored.REPLACED), stored, number);
      model.put(number, entry);
    }
    check(number);
  }

  private void conditional(int number) {
    Expected before = model.get(number);
    Expected entry = fresh();
    byte[] key = key(number);
    byte[] value = entry.value();
    long deadline = entry.deadlineMillis();
    boolean isGuess = before != null && random.nextBoolean();
    Expected guess = before != null && isGuess ? before : new Expected(new byte[9], -5, 0);
    byte[] expected = guess.value().clone();
    long expectedVersion = guess.version();
    switch (random.nextInt(5)) {
      case 0 ->
          stored(
              number,
              entry,
              map.putIfAbsent(key, value, entry.version(), deadline),
              before == null);
      case 1 ->
          stored(
              number,
              entry,
              map.replaceIfValue(key, expected, value, entry.version(), deadline),
              before != null && Arrays.equals(before.value(), expected));
      case 2 ->
          stored(
              number,
              entry,
              map.replaceIfVersion(key, expectedVersion, value, entry.version(), deadline),
              isGuess);
      case 3 ->
          removed(
              number,
              map.removeIfValue(key, expected),
              before != null && Arrays.equals(before.value(), expected));
      default -> removed(number, map.removeIfVersion(key, expectedVersion), isGuess);
    }
  }

  private void increment(int number) {
    version++;
    Expected before = model.get(number);
    long delta = random.nextInt(2_000) - 1_000L;
    boolean isNumber = before != null && DecimalBytes.parse(before.value()).isPresent();
    Increment increment = map.increment(key(number), delta, version);
    if (increment.outcome() == Summed.REFUSED) {
      refusals++;
      require(mayRefuse, "refused", number);
    } else if (before != null && !isNumber) {
      require(increment.outcome() == Summed.NOT_A_NUMBER, increment, number);
    } else {
      long sum = delta + (before == null ? 0 : DecimalBytes.parse(before.value()).getAsLong());
      require(increment.sum() == sum, increment, number);
      long deadline = before == null ? NO_DEADLINE : before.deadlineMillis();
      model.put(number, new Expected(DecimalBytes.format(sum), version, deadline));
    }
    check(number);
  }

  private void expire(int number) {
    version++;
    long deadlineMillis = deadline();
    boolean present = map.expire(key(number), version, deadlineMillis);
    Expected before = model.get(number);
    require(present == (before != null), "expire", number);
    if (before != null) {
      model.put(number, new Expected(before.value(), version, deadlineMillis));
    }
    check(number);
  }

  private void remove(int number) {
    removed(number, map.remove(key(number)), model.containsKey(number));
  }

  private void removed(int number, boolean removed, boolean expected) {
    require(removed == expected, "removed", number);
    if (removed) {
      model.remove(number);
      presentThroughout.remove(number);
    }
    check(number);
  }

  /** Lets time pass, sometimes in too few steps, and removes some of what is due. */
  private void passTime() {
    nowMillis += random.nextInt(20) == 0 ? random.nextInt(100_000_000) : random.nextInt(2_000);
    boolean isWhole = random.nextBoolean();
    map.passTime(nowMillis, isWhole ? Integer.MAX_VALUE : 1 + random.nextInt(50));
    Set<Integer> due = new HashSet<>();
    map.visitDue(Integer.MAX_VALUE, (visitedMap, entry) -> due.add(number(visitedMap, entry)));
    for (int number : due) {
      require(isDue(Objects.requireNonNull(model.get(number))), "not due", number);
    }
    long expected = model.values().stream().filter(this::isDue).count();
    require(isWhole ? due.size() == expected : due.size() <= expected, "due", due.size());
    int left = random.nextInt(10);
    for (int number : due) {
      if (left-- > 0) {
        remove(number);
      }
    }
    note(Event.FOUND_DUE, !due.isEmpty());
  }

  private boolean isDue(Expected entry) {
    return entry.deadlineMillis() != NO_DEADLINE && entry.deadlineMillis() >> 8 < nowMillis >> 8;
  }

  private void evict() {
    long entry = map.victim();
    if (entry == ABSENT) {
      require(model.isEmpty() || map.statistics().buckets() > 256, "no victim", model.size());
    } else {
      remove(number(map, entry));
      events.add(Event.EVICTED);
    }
  }

  private void get(int number) {
    Expected expected = model.get(number);
    byte[] value = map.get(key(number));
    require(Arrays.equals(value, expected == null ? null : expected.value()), "get", number);
  }

  private void scan() {
    if (!isScanning) {
      visited.clear();
      presentThroughout.clear();
      presentThroughout.addAll(model.keySet());
      isScanning = true;
    }
    cursor = map.scan(cursor, 1 + random.nextInt(40), this::visit);
    if (cursor == 0) {
      isScanning = false;
      require(visited.containsAll(presentThroughout), "scan missed", presentThroughout.size());
      note(Event.ENDED_A_SCAN, visited.size() > 10);
    }
  }

  private void visit(BucketMap scanned, long entry) {
    int number = number(scanned, entry);
    require(scanned.find(key(number)) == entry, "visited", number);
    check(number);
    visited.add(number);
  }

  private int number(BucketMap visitedMap, long entry) {
    return Objects.requireNonNull(numbers.get(ByteBuffer.wrap(visitedMap.key(entry))));
  }

  private void check(int number) {
    long entry = map.find(key(number));
    Expected expected = model.get(number);
    require((entry == ABSENT) == (expected == null), "present", number);
    if (expected != null) {
      require(map.version(entry) == expected.version(), "version", number);
      require(map.deadlineMillis(entry) == expected.deadlineMillis(), "deadline", number);
      require(map.valueLength(entry) == expected.value().length, "length", number);
      require(map.valueEquals(entry, expected.value()), "value", number);
    }
  }

  private void checkCounters() {
    require(map.entries() == model.size(), "entries", map.entries());
    require(map.reservedBytes() >= map.liveBytes(), "reserved", map.reservedBytes());
  }

  private void checkAll() {
    long withDeadline = 0;
    long liveBytes = 0;
    for (int number = 0; number < keys; number++) {
      check(number);
      Expected expected = model.get(number);
      if (expected != null) {
        withDeadline += expected.deadlineMillis() == NO_DEADLINE ? 0 : 1;
        liveBytes += liveBytes(number, expected);
      }
    }
    require(map.entriesWithDeadline() == withDeadline, "with deadline", withDeadline);
    require(map.liveBytes() == liveBytes, "live bytes", liveBytes);
    long extents = model.values().stream().filter(entry -> entry.value().length > 16_384).count();
    require(map.statistics().extents() == extents, "extents", extents);
    checkDigests();
  }

  /** The digests are those of another map, with another seed, filled in another order. */
  private void checkDigests() {
    BucketMap other = TestMaps.map(random.nextLong(), PageBudget.unlimited());
    BucketMap restored = TestMaps.map(random.nextLong(), PageBudget.unlimited());
    model.forEach(
        (number, entry) -> {
          other.put(key(number), entry.value(), entry.version(), entry.deadlineMillis());
          restored.put(key(number), entry.value(), 1, entry.deadlineMillis());
        });
    require(map.digest().equals(other.digest()), "digest", map.digest());
    require(map.contentDigest().equals(restored.contentDigest()), "content", map.contentDigest());
    require(map.contentDigest().equals(other.contentDigest()), "content", map.contentDigest());
  }

  private long liveBytes(int number, Expected entry) {
    int keyLength = key(number).length;
    int valueLength = entry.value().length;
    long header = keyLength < 256 && valueLength < 256 ? 11 : 15;
    long expiry = entry.deadlineMillis() == NO_DEADLINE ? 0 : 16;
    long usage = evicts ? 4 : 0;
    long tail = valueLength > 16_384 ? 20 : 0;
    return header + expiry + usage + keyLength + valueLength + tail;
  }

  private Expected fresh() {
    version++;
    boolean isExtent = random.nextInt(EXTENT_CHANCE) == 0;
    int length = isExtent ? 16_380 + random.nextInt(2_000) : random.nextInt(valueLengthMax);
    return new Expected(TestKeys.random(version, length), version, deadline());
  }

  private long deadline() {
    return switch (random.nextInt(6)) {
      case 0 -> nowMillis + random.nextInt(10_000);
      case 1 -> nowMillis + (1L << random.nextInt(45));
      case 2 -> 1 + random.nextInt((int) Math.min(nowMillis, Integer.MAX_VALUE));
      default -> NO_DEADLINE;
    };
  }

  private byte[] key(int number) {
    return keyOf.apply(number);
  }

  private static void require(boolean holds, Object what, Object where) {
    if (!holds) {
      throw new AssertionError(what + ": " + where);
    }
  }
}
