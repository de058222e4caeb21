package io.shardgrid.bucket;

import io.shardgrid.bucket.BucketMap.EntryVisitor;

/**
 * The buckets of a map through incremental growth: the table, and the old one while it is moved.
 * Not thread-safe.
 */
final class GrowingTable {

  /*
   * When the load passes 6.5 entries a bucket, a table of twice the buckets becomes the new one and
   * the old one is kept. Every write then evacuates one old bucket, in the order of their indexes:
   *
   *   old    | done | done | done | ---- | ---- | ---- | ---- | ---- |       evacuated = 3
   *             0      1      2      3      4      5      6      7
   *   new    |  0   |  1   |  2   |      ...      |  8   |  9   |  10  |     ...
   *
   * An entry of old bucket i goes to bucket i or to bucket i + 2^B of the new table, as bit B of
   * its hash says. So a key lives in the new table if its old bucket's index is below `evacuated`,
   * else in the old one: one comparison finds the array, and no bucket needs a mark. (Go also
   * evacuates the bucket that is being written, and marks it. Here an insert may go into an old
   * bucket, which also lets a map live on when the budget refuses memory in the middle of a growth:
   * evacuation waits, everything else goes on.) A growth ends after 2^B writes, with at most
   * 7.5 x 2^B entries, long before the next one at 13 x 2^B.
   *
   * Overflow buckets are never freed one by one, so a table that is often written keeps chains
   * longer than its entries need. When there is more than one for two buckets, the table moves
   * into one of the same size, by the same way, and chains come out as short as they can be.
   *
   * The scan visits positions in reverse-binary order, that is, it increments the mirrored index:
   * 000, 100, 010, 110, ... The images of a bucket in any larger table follow one another in that
   * order, so that a cursor stands at the border of whole buckets of every size of the table:
   * whatever it has passed in one table is passed in all of them. While a growth runs, a position
   * is a bucket of the old table, visited there, or as both its images.
   *
   * Sources: runtime/map.go of Go 1.23 (hashGrow, evacuate, tooManyOverflowBuckets);
   * dict.c of Redis 7 (dictScan, by Pieter Noordhuis).
   */
  private static final int NOT_GROWING = Integer.MAX_VALUE;

  private static final int ENTRIES_WITHOUT_GROWTH = 8;
  private static final int OVERFLOW_SPARE = 4;

  private final SeededHash hash;
  private final PageStore pages;
  private final Reservation reservation;
  private int log;
  private BucketTable table;
  private BucketTable old;
  private int evacuated = NOT_GROWING;

  GrowingTable(SeededHash hash, PageStore pages, Reservation reservation) {
    this.hash = hash;
    this.pages = pages;
    this.reservation = reservation;
    this.table = new BucketTable(0, reservation);
    this.old = table;
  }

  /** The table in which a key with this hash is, or belongs; valid until the next write. */
  BucketTable tableOf(long hash) {
    return old.bucketOf(hash) >= evacuated ? old : table;
  }

  boolean isGrowing() {
    return evacuated != NOT_GROWING;
  }

  /** Starts a growth if the table is too crowded for so many entries. */
  void growIfCrowded(long entries) {
    if (isGrowing()) {
      return;
    }
    long buckets = table.buckets();
    if (entries > ENTRIES_WITHOUT_GROWTH
        && 2 * entries > 13 * buckets
        && log < BucketTable.LOG_MAX) {
      start(log + 1);
    } else if (table.overflowBuckets() > buckets / 2 + OVERFLOW_SPARE) {
      start(log);
    }
  }

  private void start(int newLog) {
    table = new BucketTable(newLog, reservation);
    log = newLog;
    evacuated = 0;
  }

  /** One write's share of a growth: evacuates a bucket, if the budget has room for its images. */
  void advance() {
    if (!isGrowing() || !evacuate(evacuated)) {
      return;
    }
    evacuated++;
    if (evacuated == old.buckets()) {
      old.release();
      old = table;
      evacuated = NOT_GROWING;
    } else {
      old.releaseBefore(evacuated);
    }
  }

  private boolean evacuate(int bucket) {
    if (!makeImages(bucket)) {
      return false;
    }
    int from = bucket;
    do {
      long cells = old.fullCells(from);
      for (; cells != 0; cells &= cells - 1) {
        int reference = old.reference(BucketTable.position(from, BucketTable.firstCell(cells)));
        long hashOfKey = hashOf(reference);
        table.fill(table.vacancy(hashOfKey), hashOfKey, reference);
      }
      from = old.next(from);
    } while (from != 0);
    return true;
  }

  /** Room for the worst case, so that an evacuation never stops halfway. */
  private boolean makeImages(int bucket) {
    for (int image = bucket; image < table.buckets(); image += old.buckets()) {
      if (!table.makeBucket(image)) {
        return false;
      }
    }
    return table.makeOverflow(old.chainLength(bucket) - 1);
  }

  private long hashOf(int reference) {
    byte[] page = pages.page(reference);
    int at = PageStore.offset(reference);
    return hash.of(page, EntryBytes.keyOffset(page, at), EntryBytes.keyLength(page, at));
  }

  /** Visits the entries at a position of the scan; returns how many. */
  int visit(int position, BucketMap map, EntryVisitor visitor) {
    int bucket = old.bucketOf(position);
    if (bucket >= evacuated) {
      return visitChain(old, bucket, map, visitor);
    }
    int visited = 0;
    for (int image = bucket; image < table.buckets(); image += old.buckets()) {
      visited += visitChain(table, image, map, visitor);
    }
    return visited;
  }

  /** The position of the scan after this one; 0 after the last. */
  int following(int position) {
    int mirrored = Integer.reverse(position | -old.buckets());
    return Integer.reverse(mirrored + 1);
  }

  private static int visitChain(BucketTable table, int first, BucketMap map, EntryVisitor visitor) {
    int visited = 0;
    int bucket = first;
    do {
      for (long cells = table.fullCells(bucket); cells != 0; cells &= cells - 1) {
        long position = BucketTable.position(bucket, BucketTable.firstCell(cells));
        visitor.visit(map, Integer.toUnsignedLong(table.reference(position)));
        visited++;
      }
      bucket = table.next(bucket);
    } while (bucket != 0);
    return visited;
  }
}
