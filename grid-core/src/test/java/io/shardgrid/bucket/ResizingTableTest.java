package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResizingTableTest {

  private static final long SEED = 42;
  private static final byte[] NO_VALUE = {};

  private final SeededHash hash = new SeededHash(SEED);
  private final PageBudget budget = PageBudget.of(1L << 30);
  private final Reservation reservation = new Reservation(budget);
  private final PageStore pages = new PageStore(new Reservation(PageBudget.unlimited()));
  private final ResizingTable tables = new ResizingTable(hash, pages, reservation);
  private long entries;

  @Test
  void doublesAtSixAndAHalfEntriesABucket() {
    insertKeys(0, 6_656);
    assertThat(tables.isResizing()).isFalse();
    assertThat(tableOfKey(0).buckets()).isEqualTo(1_024);
    insertKeys(6_656, 6_657);
    for (int i = 0; i < 1_024; i++) {
      assertThat(tables.isResizing()).isTrue();
      tables.advance();
    }
    assertThat(tables.isResizing()).isFalse();
    assertThat(tableOfKey(0).buckets()).isEqualTo(2_048);
    assertPresent(0, 6_657);
  }

  @Test
  void movesIntoATableOfTheSameSizeWhenOverflowBucketsAbound() {
    int live = 6_656;
    insertKeys(0, live);
    int next = live;
    while (!tables.isResizing() && next < 200 * live) {
      remove(TestKeys.key(next - live));
      insertKeys(next, next + 1);
      next++;
    }
    assertThat(tables.isResizing()).isTrue();
    settle();
    assertThat(tableOfKey(0).buckets()).isEqualTo(1_024);
    assertThat(tableOfKey(0).overflowBuckets()).isLessThan(400);
    assertPresent(next - live, next);
  }

  @Test
  void givesSegmentsOfTheOldTableBackOnTheWay() {
    insertKeys(0, 13 * 4_096 / 2);
    settle();
    long before = reservation.bytes();
    insertKeys(13 * 4_096 / 2, 13 * 4_096 / 2 + 1);
    long most = 0;
    while (tables.isResizing()) {
      tables.advance();
      most = Math.max(most, reservation.bytes());
    }
    // Old and new together would be three times the old table, and they never are.
    assertThat(most).isLessThan(before * 5 / 2);
    assertThat(reservation.bytes()).isLessThan(before * 2);
  }

  @Test
  void waitsWithABucketWhoseImagesFindNoRoom() {
    // Long chains hang on bucket 1 only; its images need overflow buckets, those of bucket 0 none.
    byte[][] keys = TestKeys.colliding(SEED, 8, 60);
    for (byte[] key : keys) {
      insert(key);
    }
    settle();
    int next = 0;
    while (!tables.isResizing()) {
      insertKeys(next, next + 1);
      next++;
    }
    tables.advance();
    long rest = (1L << 30) - budget.reservedBytes();
    assertThat(budget.reserve(rest)).isTrue();
    for (int i = 0; i < 1_000; i++) {
      tables.advance();
    }
    assertThat(tables.isResizing()).isTrue();
    assertPresent(0, next);
    assertThat(Arrays.asList(keys)).allMatch(this::isPresent);
    budget.release(rest);
    settle();
    assertPresent(0, next);
    assertThat(Arrays.asList(keys)).allMatch(this::isPresent);
  }

  private void insertKeys(int from, int to) {
    for (int i = from; i < to; i++) {
      insert(TestKeys.key(i));
    }
  }

  private void insert(byte[] key) {
    tables.advance();
    entries++;
    tables.growIfCrowded(entries);
    int reference = TestMaps.store(pages, key, NO_VALUE);
    BucketTable table = tables.tableOf(hashOf(key));
    table.fill(table.vacancy(hashOf(key), false), hashOf(key), reference);
  }

  private void remove(byte[] key) {
    tables.advance();
    BucketTable table = tables.tableOf(hashOf(key));
    long position = table.locate(hashOf(key), key, pages);
    pages.free(table.reference(position));
    table.empty(position);
    entries--;
  }

  private void settle() {
    while (tables.isResizing()) {
      tables.advance();
    }
  }

  private void assertPresent(int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(isPresent(TestKeys.key(i))).isTrue();
    }
  }

  private boolean isPresent(byte[] key) {
    long hashOfKey = hashOf(key);
    return tables.tableOf(hashOfKey).locate(hashOfKey, key, pages) != BucketTable.NONE;
  }

  private BucketTable tableOfKey(int number) {
    return tables.tableOf(hashOf(TestKeys.key(number)));
  }

  private long hashOf(byte[] key) {
    return hash.of(key, 0, key.length);
  }
}
