package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.ABSENT;
import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.BucketMap.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A bucket map beside a {@link HashMap} that says what it should hold, with a scan always in
 * flight. Everything follows from the seed.
 */
final class ModelledMap {

  /** What the map should hold for a key. The value is {@code TestKeys.random(version, length)}. */
  private record Expected(int valueLength, long valueSeed, long version, long deadlineMillis) {

    byte[] value() {
      return TestKeys.random(valueSeed, valueLength);
    }
  }

  private final Random random;
  private final BucketMap map;
  private final int keys;
  private final int valueLengthMax;
  private final Map<Integer, Expected> model = new HashMap<>();
  private final Set<Integer> presentThroughout = new HashSet<>();
  private final Set<Integer> visited = new HashSet<>();
  private long cursor;
  private long version;
  private int refusals;

  ModelledMap(long seed, PageBudget budget, int keys, int valueLengthMax) {
    this.random = new Random(seed);
    this.map = new BucketMap(seed * 31, budget);
    this.keys = keys;
    this.valueLengthMax = valueLengthMax;
  }

  void run(int operations) {
    // A tide of inserts and removals, so that the map fills, churns and empties.
    int putShare = 70;
    for (int i = 0; i < operations; i++) {
      if (random.nextInt(500) == 0) {
        putShare = random.nextInt(100);
      }
      step(putShare);
    }
    checkAll();
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
    switch (random.nextInt(10)) {
      case 0 -> expire(number);
      case 1 -> check(number);
      case 2 -> scan();
      case 3 -> {
        if (random.nextInt(300) == 0) {
          clear();
        }
      }
      default -> {
        if (random.nextInt(100) < putShare) {
          put(number);
        } else {
          remove(number);
        }
      }
    }
    checkCounters();
  }

  private void put(int number) {
    version++;
    Expected entry = new Expected(random.nextInt(valueLengthMax), version, version, deadline());
    Stored stored = map.put(key(number), entry.value(), version, entry.deadlineMillis());
    switch (stored) {
      case INSERTED -> assertThat(model.put(number, entry)).isNull();
      case REPLACED -> assertThat(model.put(number, entry)).isNotNull();
      case REFUSED -> refusals++;
    }
    check(number);
  }

  private void expire(int number) {
    version++;
    long deadlineMillis = deadline();
    boolean present = map.expire(key(number), version, deadlineMillis);
    Expected before = model.get(number);
    assertThat(present).isEqualTo(before != null);
    if (before != null) {
      model.put(
          number, new Expected(before.valueLength(), before.valueSeed(), version, deadlineMillis));
    }
    check(number);
  }

  private void remove(int number) {
    assertThat(map.remove(key(number))).isEqualTo(model.remove(number) != null);
    presentThroughout.remove(number);
    check(number);
  }

  private void scan() {
    if (cursor == 0) {
      visited.clear();
      presentThroughout.clear();
      presentThroughout.addAll(model.keySet());
    }
    cursor = map.scan(cursor, 1 + random.nextInt(40), this::visit);
    if (cursor == 0) {
      assertThat(visited).containsAll(presentThroughout);
    }
  }

  private void visit(BucketMap scanned, long entry) {
    int number = (int) TestKeys.number(scanned.key(entry));
    assertThat(scanned.find(key(number))).isEqualTo(entry);
    check(number);
    visited.add(number);
  }

  private void check(int number) {
    long entry = map.find(key(number));
    Expected expected = model.get(number);
    assertThat(entry == ABSENT).isEqualTo(expected == null);
    if (expected != null) {
      assertThat(map.version(entry)).isEqualTo(expected.version());
      assertThat(map.deadlineMillis(entry)).isEqualTo(expected.deadlineMillis());
      assertThat(map.valueLength(entry)).isEqualTo(expected.valueLength());
      assertThat(map.valueEquals(entry, expected.value())).isTrue();
      assertThat(map.key(entry)).isEqualTo(key(number));
    }
  }

  private void checkCounters() {
    assertThat(map.entries()).isEqualTo(model.size());
    assertThat(map.reservedBytes()).isGreaterThanOrEqualTo(map.liveBytes());
  }

  private void checkAll() {
    for (int number = 0; number < keys; number++) {
      check(number);
    }
    long withDeadline =
        model.values().stream().filter(e -> e.deadlineMillis() != NO_DEADLINE).count();
    long liveBytes =
        model.values().stream()
            .mapToLong(e -> EntryBytes.size(16, e.valueLength(), e.deadlineMillis()))
            .sum();
    assertThat(map.entriesWithDeadline()).isEqualTo(withDeadline);
    assertThat(map.liveBytes()).isEqualTo(liveBytes);
  }

  private long deadline() {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(1_000_000) : NO_DEADLINE;
  }

  private static byte[] key(int number) {
    return TestKeys.key(number);
  }
}
