package io.shardgrid.bucket;

import java.util.function.IntConsumer;

/**
 * The buckets of a map through incremental growth and shrinking: the table, and the old one while
 * it is moved. Not thread-safe.
 */
final class ResizingTable {

  /*
   * When the load passes 6.5 entries a bucket, a table of twice the buckets becomes the new one and
   * the old one is kept. Every write then moves one position on: it evacuates the old bucket there,
   * in the order of the indexes:
   *
   *   old    | done | done | done | ---- | ---- | ---- | ---- | ---- |       evacuated = 3
   *             0      1      2      3      4      5      6      7
   *   new    |  0   |  1   |  2   |      ...      |  8   |  9   |  10  |     ...
   *
   * An entry of old bucket i goes to bucket i (X) or to bucket i + 2^B (Y) of the new table, as bit
   * B of its hash says. So a key lives in the new table if its old bucket's index is below
   * `evacuated`, else in the old one: one comparison finds the array, and no bucket needs a mark.
   * (Go also evacuates the bucket that is being written, and marks it. Here an insert may go into
   * an old bucket, which also lets a map live on when the budget refuses memory in the middle of a
   * growth: evacuation waits, everything else goes on.) A growth ends after 2^B writes, with at
   * most 7.5 x 2^B entries, long before the next one at 13 x 2^B.
   *
   * When the load falls below an eighth of that, 13/16 of an entry a bucket, the table shrinks to
   * half by the same way, read backwards: position i stands for the old buckets i and i + 2^B,
   * which both go to the new bucket i. In general a position is a bucket of the smaller table and
   * all its images in the larger one; `evacuated` counts positions. Half a table has 1.6 entries a
   * bucket: far from both bounds, so that a table never goes to and fro.
   *
   * Overflow buckets are never freed one by one, so a table that is often written keeps chains
   * longer than its entries need. When there is more than one for two buckets, the table moves
   * into one of the same size, by the same way, and chains come out as short as they can be.
   *
   * The scan visits positions in reverse-binary order, that is, it increments the mirrored index:
   * 000, 100, 010, 110, ... The images of a bucket in any larger table follow one another in that
   * order, so that a cursor stands at the border of whole buckets of every larger table: whatever
   * it has passed in one table is passed in all of them. In a smaller table it may stand inside a
   * bucket, which is then visited as a whole, some of its entries for the second time. While the
   * table resizes, a position is visited where it is: in the old table or in the new one.
   *
   * Sources: runtime/map.go of Go 1.23 (hashGrow, evacuate, tooManyOverflowBuckets);
   * dict.c of Redis 7 (dictScan, by Pieter Noordhuis).
   */
  private static final int SETTLED = Integer.MAX_VALUE;

  private static final int ENTRIES_WITHOUT_GROWTH = 8;
  private static final int OVERFLOW_SPARE = 4;

  private final SeededHash hash;
  private final PageStore pages;
  private final Reservation reservation;
  private int log;
  private BucketTable table;
  private BucketTable old;
  private int evacuated = SETTLED;
  private int positionMask;

  ResizingTable(SeededHash hash, PageStore pages, Reservation reservation) {
    this.hash = hash;
    this.pages = pages;
    this.reservation = reservation;
    this.table = new BucketTable(0, reservation);
    this.old = table;
  }

  /** The table in which a key with this hash is, or belongs; valid until the next write. */
  BucketTable tableOf(long hash) {
    return ((int) hash & positionMask) >= evacuated ? old : table;
  }

  boolean isResizing() {
    return evacuated != SETTLED;
  }

  /** Buckets of the newest table, without overflow. */
  int buckets() {
    return table.buckets();
  }

  /** Overflow buckets of both tables. */
  int overflowBuckets() {
    return table.overflowBuckets() + (isResizing() ? old.overflowBuckets() : 0);
  }

  /** Starts a growth if the table is too crowded for so many entries. */
  void growIfCrowded(long entries) {
    if (isResizing()) {
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

  /** Starts to shrink if so few entries leave the table nearly empty. */
  void shrinkIfSparse(long entries) {
    if (!isResizing() && log > 0 && 16 * entries < 13L * table.buckets()) {
      start(log - 1);
    }
  }

  private void start(int newLog) {
    table = new BucketTable(newLog, reservation);
    log = newLog;
    evacuated = 0;
    positionMask = Math.min(table.buckets(), old.buckets()) - 1;
  }

  /** One write's share of a resize: evacuates a position, if the budget has room for its images. */
  void advance() {
    if (!isResizing() || !makeImages(evacuated)) {
      return;
    }
    int positions = positionMask + 1;
    for (int bucket = evacuated; bucket < old.buckets(); bucket += positions) {
      evacuate(bucket);
    }
    evacuated++;
    if (evacuated == positions) {
      old.release();
      old = table;
      evacuated = SETTLED;
      positionMask = table.buckets() - 1;
    } else {
      for (int bucket = evacuated; bucket < old.buckets(); bucket += positions) {
        old.releaseBefore(bucket);
      }
    }
  }

  private void evacuate(int bucket) {
    int from = bucket;
    do {
      long cells = old.fullCells(from);
      for (; cells != 0; cells &= cells - 1) {
        int reference = old.reference(BucketTable.position(from, BucketTable.firstCell(cells)));
        long hashOfKey = hashOf(reference);
        table.fill(table.vacancy(hashOfKey, false), hashOfKey, reference);
      }
      from = old.next(from);
    } while (from != 0);
  }

  /** Room for the worst case, so that an evacuation never stops halfway. */
  private boolean makeImages(int position) {
    int positions = positionMask + 1;
    for (int image = position; image < table.buckets(); image += positions) {
      if (!table.makeBucket(image)) {
        return false;
      }
    }
    int chains = 0;
    for (int bucket = position; bucket < old.buckets(); bucket += positions) {
      chains += old.chainLength(bucket);
    }
    return table.makeOverflow(chains - 1);
  }

  /** Lets the entry at one reference be found at another. */
  void relocate(int reference, int newReference) {
    long hashOfKey = hashOf(reference);
    BucketTable holder = tableOf(hashOfKey);
    int bucket = holder.bucketOf(hashOfKey);
    do {
      long cells = holder.matchingCells(bucket, hashOfKey);
      for (; cells != 0; cells &= cells - 1) {
        long position = BucketTable.position(bucket, BucketTable.firstCell(cells));
        if (holder.reference(position) == reference) {
          holder.refer(position, newReference);
          return;
        }
      }
      bucket = holder.next(bucket);
    } while (bucket != 0);
    throw new IllegalStateException("an entry is in no bucket: reference=" + reference);
  }

  /** The entry of a key with this hash, or {@link PageStore#NONE}. */
  int find(long hashOfKey) {
    BucketTable holder = tableOf(hashOfKey);
    int bucket = holder.bucketOf(hashOfKey);
    do {
      long cells = holder.matchingCells(bucket, hashOfKey);
      for (; cells != 0; cells &= cells - 1) {
        long position = BucketTable.position(bucket, BucketTable.firstCell(cells));
        if (hashOf(holder.reference(position)) == hashOfKey) {
          return holder.reference(position);
        }
      }
      bucket = holder.next(bucket);
    } while (bucket != 0);
    return PageStore.NONE;
  }

  /** The hash of an entry's key. */
  long hashOf(int reference) {
    byte[] page = pages.page(reference);
    int at = pages.offset(reference);
    return hash.of(page, EntryBytes.keyOffset(page, at), EntryBytes.keyLength(page, at));
  }

  /** Visits the references at a position of the scan; returns how many. */
  int visit(int position, IntConsumer visitor) {
    int first = position & positionMask;
    BucketTable holder = first >= evacuated ? old : table;
    int visited = 0;
    for (int bucket = first; bucket < holder.buckets(); bucket += positionMask + 1) {
      visited += visitChain(holder, bucket, visitor);
    }
    return visited;
  }

  /** The position of the scan after this one; 0 after the last. */
  int following(int position) {
    int mirrored = Integer.reverse(position | ~positionMask);
    return Integer.reverse(mirrored + 1);
  }

  private static int visitChain(BucketTable table, int first, IntConsumer visitor) {
    int visited = 0;
    int bucket = first;
    do {
      for (long cells = table.fullCells(bucket); cells != 0; cells &= cells - 1) {
        long position = BucketTable.position(bucket, BucketTable.firstCell(cells));
        visitor.accept(table.reference(position));
        visited++;
      }
      bucket = table.next(bucket);
    } while (bucket != 0);
    return visited;
  }
}
