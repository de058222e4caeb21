package io.shardgrid.bucket;

import java.util.Arrays;

/**
 * The hash table that holds one map's entries of one shard: keys and values are bytes in pages.
 *
 * <p>Not thread-safe: one use at a time, by whoever has the shard's turn. Uses that overlap, and
 * writes inside a scan, throw {@link io.shardgrid.failure.ConcurrentShardAccessException}.
 *
 * <p>An <em>entry</em> is a reference that {@link #find} or a scan gives out; it is valid until the
 * next write of this map. Expiry is not decided here: an entry stays until it is removed.
 *
 * <p>Reads and writes cost O(bytes of key and value). No write pays for more than one old bucket's
 * evacuation and one new page or run of buckets, each of at most 128 KiB, whatever the number of
 * entries. A map holds up to 16 GiB of small entries; entries of more than 32 KiB do not count in
 * that, but of them and of pages of 128 KiB there can be 131,072 together.
 */
public final class BucketMap {

  /*
   *   BucketMap      API, counters, the mark of use
   *   GrowingTable   finds the array a hash lives in; evacuation, order of the scan
   *   BucketTable    2^B buckets of 8 cells, overflow buckets; in segments of 1,024
   *   PageStore      blocks of memory for entries, free lists, extents
   *   EntryBytes     fields of an entry      Layout   where each field is, and why
   *   Reservation    what all of them took from the PageBudget
   *
   * A lookup reads a bucket (44 bytes) and, but for one chance in 255 a cell, only the entry it is
   * for: two cache misses. No object and no stored reference belongs to a single small entry, so
   * the collector's work does not grow with the entries.
   */

  /** What {@link #find} answers when there is no such key. */
  public static final long ABSENT = -1L;

  /** The deadline of an entry that has none. */
  public static final long NO_DEADLINE = 0L;

  public static final int KEY_BYTES_MAX = 65_535;
  public static final int VALUE_BYTES_MAX = 8 << 20;

  /** A map that becomes empty keeps what it reserved up to this, for the entries to come. */
  private static final int EMPTY_BYTES_MAX = 64 << 10;

  private static final long CURSOR_MAX = 0xffff_ffffL;

  private final SeededHash hash;
  private final Reservation reservation;
  private final UseMark mark = new UseMark();
  private PageStore pages;
  private GrowingTable tables;
  private long entries;
  private long entriesWithDeadline;
  private long liveBytes;

  /** What became of a {@link #put}. */
  public enum Stored {
    /** The key was absent. */
    INSERTED,
    /** The key had an entry, which is gone. */
    REPLACED,
    /** The budget, or the map, has no room; nothing changed. */
    REFUSED
  }

  /** Receives the entries of a {@link #scan}; may read the map, not write it. */
  public interface EntryVisitor {
    void visit(BucketMap map, long entry);
  }

  /** An empty map; reserves nothing until the first put. */
  public BucketMap(long hashSeed, PageBudget budget) {
    this.hash = new SeededHash(hashSeed);
    this.reservation = new Reservation(budget);
    this.pages = new PageStore(reservation);
    this.tables = new GrowingTable(hash, pages, reservation);
  }

  /** The entry of a key, or {@link #ABSENT}; valid until the next write of this map. */
  public long find(byte[] key) {
    int outer = mark.beginRead();
    try {
      if (entries == 0) {
        return ABSENT;
      }
      long hashOfKey = hash.of(key, 0, key.length);
      BucketTable table = tables.tableOf(hashOfKey);
      long position = table.locate(hashOfKey, key, pages);
      return position == BucketTable.NONE
          ? ABSENT
          : Integer.toUnsignedLong(table.reference(position));
    } finally {
      mark.endRead(outer);
    }
  }

  public long version(long entry) {
    mark.checkRead();
    return EntryBytes.version(page(entry), offset(entry));
  }

  /** The absolute deadline, or {@link #NO_DEADLINE}. */
  public long deadlineMillis(long entry) {
    mark.checkRead();
    return EntryBytes.deadlineMillis(page(entry), offset(entry));
  }

  public int valueLength(long entry) {
    mark.checkRead();
    return EntryBytes.valueLength(page(entry), offset(entry));
  }

  /** A copy of the value. */
  public byte[] value(long entry) {
    int outer = mark.beginRead();
    try {
      byte[] page = page(entry);
      int from = EntryBytes.valueOffset(page, offset(entry));
      return Arrays.copyOfRange(page, from, from + EntryBytes.valueLength(page, offset(entry)));
    } finally {
      mark.endRead(outer);
    }
  }

  /** Whether the value is these bytes; copies nothing. */
  public boolean valueEquals(long entry, byte[] expected) {
    int outer = mark.beginRead();
    try {
      byte[] page = page(entry);
      int from = EntryBytes.valueOffset(page, offset(entry));
      int to = from + EntryBytes.valueLength(page, offset(entry));
      return Arrays.equals(page, from, to, expected, 0, expected.length);
    } finally {
      mark.endRead(outer);
    }
  }

  /** A copy of the key. */
  public byte[] key(long entry) {
    int outer = mark.beginRead();
    try {
      byte[] page = page(entry);
      int from = EntryBytes.keyOffset(page, offset(entry));
      return Arrays.copyOfRange(page, from, from + EntryBytes.keyLength(page, offset(entry)));
    } finally {
      mark.endRead(outer);
    }
  }

  /**
   * Stores copies of key and value, in place of the key's entry if there is one.
   *
   * @throws IllegalArgumentException if key or value is longer than the limits above
   */
  public Stored put(byte[] key, byte[] value, long version, long deadlineMillis) {
    checkLength("key", key.length, KEY_BYTES_MAX);
    checkLength("value", value.length, VALUE_BYTES_MAX);
    mark.beginWrite();
    try {
      tables.advance();
      long hashOfKey = hash.of(key, 0, key.length);
      BucketTable table = tables.tableOf(hashOfKey);
      long position = locate(table, hashOfKey, key);
      int reference =
          position == BucketTable.NONE
              ? insert(hashOfKey, EntryBytes.size(key.length, value.length, deadlineMillis))
              : replace(table, position, EntryBytes.size(key.length, value.length, deadlineMillis));
      if (reference == PageStore.NONE) {
        return Stored.REFUSED;
      }
      byte[] page = pages.page(reference);
      EntryBytes.write(page, PageStore.offset(reference), key, value, version, deadlineMillis);
      countIn(reference);
      return position == BucketTable.NONE ? Stored.INSERTED : Stored.REPLACED;
    } finally {
      mark.endWrite();
    }
  }

  /** A cell and a block for a new entry; {@link PageStore#NONE} if there is no room. */
  private int insert(long hashOfKey, int size) {
    tables.growIfCrowded(entries + 1);
    BucketTable table = tables.tableOf(hashOfKey);
    long vacancy = table.vacancy(hashOfKey);
    if (vacancy == BucketTable.NONE) {
      return PageStore.NONE;
    }
    int reference = pages.allocate(size);
    if (reference != PageStore.NONE) {
      table.fill(vacancy, hashOfKey, reference);
    }
    return reference;
  }

  /** A block in place of the present one, or the same; {@link PageStore#NONE} if no room. */
  private int replace(BucketTable table, long position, int size) {
    int present = table.reference(position);
    if (PageStore.isSameBlock(size, pages.size(present))) {
      countOut(present);
      return present;
    }
    int reference = pages.allocate(size);
    if (reference != PageStore.NONE) {
      countOut(present);
      pages.free(present);
      table.refer(position, reference);
    }
    return reference;
  }

  /**
   * Gives the key's entry a new version and deadline; false if there is none. Never refused: the
   * budget is overdrawn by a page at most where an entry must move to get room for its deadline.
   */
  public boolean expire(byte[] key, long version, long deadlineMillis) {
    mark.beginWrite();
    try {
      tables.advance();
      long hashOfKey = hash.of(key, 0, key.length);
      BucketTable table = tables.tableOf(hashOfKey);
      long position = locate(table, hashOfKey, key);
      if (position == BucketTable.NONE) {
        return false;
      }
      int present = table.reference(position);
      byte[] page = pages.page(present);
      int at = PageStore.offset(present);
      if (EntryBytes.hasRoomFor(page, at, deadlineMillis)) {
        countOut(present);
        EntryBytes.restamp(page, at, version, deadlineMillis);
        countIn(present);
      } else {
        widen(table, position, version, deadlineMillis);
      }
      return true;
    } finally {
      mark.endWrite();
    }
  }

  private void widen(BucketTable table, long position, long version, long deadlineMillis) {
    int present = table.reference(position);
    int size = pages.size(present);
    int widerSize = size + Layout.DEADLINE;
    boolean stays = PageStore.isSameBlock(size, widerSize);
    int reference = stays ? present : pages.allocateOverdrawn(widerSize);
    countOut(present);
    EntryBytes.widen(
        pages.page(present),
        PageStore.offset(present),
        pages.page(reference),
        PageStore.offset(reference),
        version,
        deadlineMillis);
    countIn(reference);
    if (!stays) {
      pages.free(present);
      table.refer(position, reference);
    }
  }

  /** Removes the key's entry; false if there is none. */
  public boolean remove(byte[] key) {
    mark.beginWrite();
    try {
      tables.advance();
      long hashOfKey = hash.of(key, 0, key.length);
      BucketTable table = tables.tableOf(hashOfKey);
      long position = locate(table, hashOfKey, key);
      if (position == BucketTable.NONE) {
        return false;
      }
      int reference = table.reference(position);
      countOut(reference);
      pages.free(reference);
      table.empty(position);
      if (entries == 0 && reservation.bytes() > EMPTY_BYTES_MAX) {
        reset();
      }
      return true;
    } finally {
      mark.endWrite();
    }
  }

  /** Removes all entries and gives their memory back to the budget. O(1). */
  public void clear() {
    mark.beginWrite();
    try {
      reset();
    } finally {
      mark.endWrite();
    }
  }

  private void reset() {
    reservation.releaseAll();
    pages = new PageStore(reservation);
    tables = new GrowingTable(hash, pages, reservation);
    entries = 0;
    entriesWithDeadline = 0;
    liveBytes = 0;
  }

  /**
   * Visits at least {@code entriesMin} entries if so many are left, whole chains of buckets at a
   * time, and returns the cursor to go on with; 0 when all have been visited. A scan starts at 0.
   *
   * <p>What is present from the first call to the last is visited at least once, whatever is
   * written between the calls. A cursor is a place in the order of the low 32 bits of the hash,
   * mirrored; it holds for every map with the same hash seed, so a scan can go on in a replica.
   */
  public long scan(long cursor, int entriesMin, EntryVisitor visitor) {
    if (cursor < 0 || cursor > CURSOR_MAX) {
      throw new IllegalArgumentException("a cursor has 32 bits: cursor=" + cursor);
    }
    int outer = mark.beginScan();
    try {
      if (entries == 0) {
        return 0;
      }
      int position = (int) cursor;
      int visited = 0;
      do {
        visited += tables.visit(position, this, visitor);
        position = tables.following(position);
      } while (position != 0 && visited < entriesMin);
      return Integer.toUnsignedLong(position);
    } finally {
      mark.endScan(outer);
    }
  }

  public long entries() {
    return entries;
  }

  /** How many entries have a deadline. */
  public long entriesWithDeadline() {
    return entriesWithDeadline;
  }

  /** Bytes of all entries, headers included, without what blocks round up. */
  public long liveBytes() {
    return liveBytes;
  }

  /** Bytes taken from the budget: pages, extents and buckets, with the headers of the arrays. */
  public long reservedBytes() {
    return reservation.bytes();
  }

  private long locate(BucketTable table, long hashOfKey, byte[] key) {
    return entries == 0 ? BucketTable.NONE : table.locate(hashOfKey, key, pages);
  }

  private void countIn(int reference) {
    byte[] page = pages.page(reference);
    int at = PageStore.offset(reference);
    entries++;
    liveBytes += EntryBytes.sizeAsNew(page, at);
    if (EntryBytes.deadlineMillis(page, at) != NO_DEADLINE) {
      entriesWithDeadline++;
    }
  }

  private void countOut(int reference) {
    byte[] page = pages.page(reference);
    int at = PageStore.offset(reference);
    entries--;
    liveBytes -= EntryBytes.sizeAsNew(page, at);
    if (EntryBytes.deadlineMillis(page, at) != NO_DEADLINE) {
      entriesWithDeadline--;
    }
  }

  private byte[] page(long entry) {
    return pages.page((int) entry);
  }

  private static int offset(long entry) {
    return PageStore.offset((int) entry);
  }

  private static void checkLength(String what, int length, int lengthMax) {
    if (length > lengthMax) {
      throw new IllegalArgumentException(
          "%s is too long: length=%d, lengthMax=%d".formatted(what, length, lengthMax));
    }
  }
}
