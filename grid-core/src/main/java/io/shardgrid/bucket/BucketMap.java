package io.shardgrid.bucket;

import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The hash table that holds one map's entries of one shard: keys and values are bytes in pages.
 *
 * <p>Not thread-safe: one use at a time, by whoever has the shard's turn. Uses that overlap, and
 * writes inside a scan, throw {@link io.shardgrid.failure.ConcurrentShardAccessException}.
 *
 * <p>An <em>entry</em> is a number that {@link #find} or a scan gives out; it is valid until the
 * next write of this map. Expiry and eviction are not decided here: an entry stays until it is
 * removed; {@link #visitDue} and {@link #victim} say which might be.
 *
 * <p>Reads and writes cost O(bytes of key and value). A write also does its share of what is under
 * way: it evacuates one or two old buckets while the table grows or shrinks, and looks at up to 48
 * blocks, or moves one long one, while pages are compacted. It makes a page, of up to 128 KiB, and
 * three runs of buckets, of up to 45 KiB, at most, whatever the number of entries. A map holds up
 * to 16 GiB of pages; values of more than 16 KiB do not count in that.
 *
 * <p><b>Large values are not copied.</b> A value of more than 16 KiB is kept in the very array that
 * it was put in, and {@link #value} gives out that array: neither side may change it. Smaller
 * values, and keys, are copied on the way in and out.
 */
public final class BucketMap {

  /*
   *   BucketMap       API, counters, the mark of use
   *   ResizingTable   finds the array a hash lives in; evacuation, order of the scan
   *   BucketTable     2^B buckets of 8 cells, overflow buckets; in segments of 1,024
   *   PageStore       blocks of memory for entries, free lists      Compaction   gives pages back
   *   PagePool        pages of full size, cut from slabs, for all maps of a budget
   *   Extents         large values, each in its own array
   *   EntryBytes      fields of an entry      Layout   where each field is, and why
   *   DeadlineWheel   which entries are due   Eviction which entry is used least
   *   DigestSums      what replicas compare   Reservation   what was taken from the PageBudget
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

  /** The highest cursor of a scan. */
  public static final long CURSOR_MAX = 0xffff_ffffL;

  private final long hashSeed;
  private final SeededHash hash;
  private final EvictionPolicy policy;
  private final int usagePart;
  private final Reservation reservation;
  private final UseMark mark = new UseMark();
  private final Extents extents;
  private final DigestSums digests;
  private PageStore pages;
  private ResizingTable tables;
  private DeadlineWheel wheel;
  private Compaction compaction;
  private Eviction eviction;
  private long nowMillis;
  private long entries;
  private long entriesWithDeadline;
  private long liveBytes;

  /** What became of a write that stores. */
  public enum Stored {
    /** The key was absent. */
    INSERTED,
    /** The key had an entry, which is gone. */
    REPLACED,
    /** The condition did not hold; nothing changed. */
    UNMET,
    /** The budget, or the map, has no room; nothing changed. */
    REFUSED
  }

  /** What became of an increment. */
  public enum Summed {
    /** The sum is stored. */
    STORED,
    /** The value is no decimal number of 64 bits; nothing changed. */
    NOT_A_NUMBER,
    /** The sum does not fit 64 bits; nothing changed. */
    OVERFLOW,
    /** The budget, or the map, has no room; nothing changed. */
    REFUSED
  }

  /**
   * The outcome of an increment. Immutable.
   *
   * @param sum the number that is stored now; 0 if none was stored
   */
  public record Increment(Summed outcome, long sum) {}

  /** Receives entries; may read the map, not write it. */
  public interface EntryVisitor {
    void visit(BucketMap map, long entry);
  }

  /**
   * What a conditional write asks of the present entry, {@link PageStore#NONE} if there is none.
   */
  private interface Condition {
    boolean holds(int reference);
  }

  private static final Condition ALWAYS = reference -> true;
  private static final Condition IF_ABSENT = reference -> reference == PageStore.NONE;

  /**
   * An empty map; reserves nothing until the first put.
   *
   * @param name of the map, part of what digests are over
   * @param hashSeed for the table; the same on all nodes, so that scans can go on in a replica
   */
  public BucketMap(String name, long hashSeed, EvictionPolicy policy, PageBudget budget) {
    this.hashSeed = hashSeed;
    this.hash = new SeededHash(hashSeed);
    this.policy = policy;
    this.usagePart = policy == EvictionPolicy.NONE ? 0 : Layout.USAGE;
    this.reservation = new Reservation(budget);
    this.extents = new Extents(reservation);
    this.digests = new DigestSums(name, extents);
    this.pages = new PageStore(reservation);
    this.tables = new ResizingTable(hash, pages, reservation);
    this.wheel = new DeadlineWheel(pages);
    this.compaction = new Compaction(pages, tables, wheel);
    this.eviction = new Eviction(policy, pages, tables, hashSeed);
  }

  // Reads

  /** The entry of a key, or {@link #ABSENT}; valid until the next write of this map. */
  public long find(byte[] key) {
    mark.checkRead();
    int reference = referenceOf(key);
    return reference == PageStore.NONE ? ABSENT : Integer.toUnsignedLong(reference);
  }

  /** The value of a key, or null: {@link #find}, {@link #touch} and {@link #value} in one use. */
  public byte @Nullable [] get(byte[] key) {
    mark.checkRead();
    int reference = referenceOf(key);
    if (reference == PageStore.NONE) {
      return null;
    }
    use(reference);
    // The key's length is known, so that the value's place need not wait for the entry's bytes.
    return valueOf(reference, key.length);
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

  /** The value: a copy, or the map's own array of a large one, which nobody may change. */
  public byte[] value(long entry) {
    mark.checkRead();
    return valueOf((int) entry, EntryBytes.keyLength(page(entry), offset(entry)));
  }

  /** Whether the value is these bytes; copies nothing. */
  public boolean valueEquals(long entry, byte[] expected) {
    mark.checkRead();
    return isValue((int) entry, expected);
  }

  /** A copy of the key. */
  public byte[] key(long entry) {
    mark.checkRead();
    byte[] page = page(entry);
    int at = offset(entry);
    return copy(page, EntryBytes.keyOffset(page, at), EntryBytes.keyLength(page, at));
  }

  /** Notes a use of the entry, for the eviction policy if there is one. */
  public void touch(long entry) {
    mark.checkRead();
    use((int) entry);
  }

  // Writes

  /**
   * Stores key and value, in place of the key's entry if there is one.
   *
   * @throws IllegalArgumentException if key or value is longer than the limits above
   */
  public Stored put(byte[] key, byte[] value, long version, long deadlineMillis) {
    return put(key, value, version, deadlineMillis, ALWAYS);
  }

  /** Stores key and value if the key has no entry. */
  public Stored putIfAbsent(byte[] key, byte[] value, long version, long deadlineMillis) {
    return put(key, value, version, deadlineMillis, IF_ABSENT);
  }

  /** Replaces the key's entry if its value is these bytes. */
  public Stored replaceIfValue(
      byte[] key, byte[] expected, byte[] value, long version, long deadlineMillis) {
    return put(key, value, version, deadlineMillis, reference -> isValue(reference, expected));
  }

  /** Replaces the key's entry if it has this version. */
  public Stored replaceIfVersion(
      byte[] key, long expected, byte[] value, long version, long deadlineMillis) {
    return put(key, value, version, deadlineMillis, reference -> isVersion(reference, expected));
  }

  private Stored put(
      byte[] key, byte[] value, long version, long deadlineMillis, Condition condition) {
    checkLength("key", key.length, KEY_BYTES_MAX);
    checkLength("value", value.length, VALUE_BYTES_MAX);
    int use = mark.beginWrite();
    try {
      maintainOnce();
      long hashOfKey = hash.of(key, 0, key.length);
      long position = locate(hashOfKey, key);
      if (!condition.holds(referenceAt(hashOfKey, position))) {
        return Stored.UNMET;
      }
      if (!store(hashOfKey, position, key, value, version, deadlineMillis)) {
        return Stored.REFUSED;
      }
      return position == BucketTable.NONE ? Stored.INSERTED : Stored.REPLACED;
    } finally {
      mark.endWrite(use);
    }
  }

  /**
   * Adds to the decimal number that the key's value is; no entry counts as 0. Keeps the deadline.
   */
  public Increment increment(byte[] key, long delta, long version) {
    checkLength("key", key.length, KEY_BYTES_MAX);
    int use = mark.beginWrite();
    try {
      maintainOnce();
      long hashOfKey = hash.of(key, 0, key.length);
      long position = locate(hashOfKey, key);
      int present = referenceAt(hashOfKey, position);
      boolean isAbsent = present == PageStore.NONE;
      OptionalLong number =
          isAbsent ? OptionalLong.of(0) : DecimalBytes.parse(valueOf(present, key.length));
      if (number.isEmpty()) {
        return new Increment(Summed.NOT_A_NUMBER, 0);
      }
      long sum = number.getAsLong() + delta;
      if (((number.getAsLong() ^ sum) & (delta ^ sum)) < 0) {
        return new Increment(Summed.OVERFLOW, 0);
      }
      byte[] value = DecimalBytes.format(sum);
      long deadline = isAbsent ? NO_DEADLINE : deadlineMillisOf(present);
      boolean isStored = store(hashOfKey, position, key, value, version, deadline);
      return isStored ? new Increment(Summed.STORED, sum) : new Increment(Summed.REFUSED, 0);
    } finally {
      mark.endWrite(use);
    }
  }

  /** Whether an entry is stored now; if not, nothing has changed. */
  private boolean store(
      long hashOfKey, long position, byte[] key, byte[] value, long version, long deadlineMillis) {
    int parts = usagePart | (deadlineMillis == NO_DEADLINE ? 0 : Layout.EXPIRY);
    int flags = EntryBytes.flags(key.length, value.length, parts);
    boolean hasExtent = (flags & Layout.EXTENT) != 0;
    int extent = hasExtent ? extents.add(value) : Extents.NONE;
    if (hasExtent && extent == Extents.NONE) {
      return false;
    }
    int size = EntryBytes.size(flags, key.length, value.length);
    int present = referenceAt(hashOfKey, position);
    int reference = present == PageStore.NONE ? insert(hashOfKey, size) : blockFor(present, size);
    if (reference == PageStore.NONE) {
      compaction.press(size);
      if (hasExtent) {
        extents.remove(extent);
      }
      return false;
    }
    int stamp = usagePart == 0 ? 0 : stampAfter(present);
    if (present != PageStore.NONE) {
      takeOut(present);
      if (reference != present) {
        pages.free(present);
        tables.tableOf(hashOfKey).refer(position, reference);
      }
    }
    byte[] page = pages.page(reference);
    int at = pages.offset(reference);
    EntryBytes.begin(page, at, flags, key.length, value.length);
    EntryBytes.restamp(page, at, version, deadlineMillis);
    EntryBytes.fill(page, at, key, value);
    if (usagePart != 0) {
      EntryBytes.putUsage(page, at, stamp);
    }
    if (hasExtent) {
      EntryBytes.putExtent(page, at, extent);
      digests.seal(page, at);
    }
    putIn(reference);
    return true;
  }

  /**
   * A cell and a block for a new entry; {@link PageStore#NONE} if there is no room.
   *
   * <p>Where entries make room for others, an overflow bucket overdraws the budget: whoever leaves
   * would leave a cell in another chain.
   */
  private int insert(long hashOfKey, int size) {
    tables.growIfCrowded(entries + 1);
    BucketTable table = tables.tableOf(hashOfKey);
    long vacancy = table.vacancy(hashOfKey, usagePart != 0);
    if (vacancy == BucketTable.NONE) {
      return PageStore.NONE;
    }
    int reference = pages.allocate(size);
    if (reference != PageStore.NONE) {
      table.fill(vacancy, hashOfKey, reference);
    }
    return reference;
  }

  /** The present block if it fits, or a new one; {@link PageStore#NONE} if there is no room. */
  private int blockFor(int present, int size) {
    return PageStore.isSameBlock(size, pages.size(present)) ? present : pages.allocate(size);
  }

  /**
   * Gives the key's entry a new version and deadline; false if there is none. Never refused: the
   * budget is overdrawn by a page at most where an entry must move to get room for its deadline.
   */
  public boolean expire(byte[] key, long version, long deadlineMillis) {
    int use = mark.beginWrite();
    try {
      maintainOnce();
      long hashOfKey = hash.of(key, 0, key.length);
      long position = locate(hashOfKey, key);
      if (position == BucketTable.NONE) {
        return false;
      }
      BucketTable table = tables.tableOf(hashOfKey);
      int reference = table.reference(position);
      digests.restamp(page(reference), offset(reference), version, deadlineMillis);
      countOut(reference);
      if (!EntryBytes.hasRoomFor(page(reference), offset(reference), deadlineMillis)) {
        reference = widen(table, position, reference);
      }
      EntryBytes.restamp(page(reference), offset(reference), version, deadlineMillis);
      countIn(reference);
      return true;
    } finally {
      mark.endWrite(use);
    }
  }

  private int widen(BucketTable table, long position, int present) {
    int size = pages.size(present);
    int widerSize = size + Layout.EXPIRY_BYTES;
    boolean stays = PageStore.isSameBlock(size, widerSize);
    int reference = stays ? present : pages.allocateOverdrawn(widerSize);
    if (reference == PageStore.NONE) {
      throw new IllegalStateException("the map has all the pages it can have: entries=" + entries);
    }
    EntryBytes.widen(page(present), offset(present), page(reference), offset(reference));
    if (!stays) {
      pages.free(present);
      table.refer(position, reference);
    }
    return reference;
  }

  /** Removes the key's entry; false if there is none. */
  public boolean remove(byte[] key) {
    return remove(key, ALWAYS);
  }

  /** Removes the key's entry if its value is these bytes; false if not. */
  public boolean removeIfValue(byte[] key, byte[] expected) {
    return remove(key, reference -> isValue(reference, expected));
  }

  /** Removes the key's entry if it has this version; false if not. */
  public boolean removeIfVersion(byte[] key, long expected) {
    return remove(key, reference -> isVersion(reference, expected));
  }

  private boolean remove(byte[] key, Condition condition) {
    int use = mark.beginWrite();
    try {
      maintainOnce();
      long hashOfKey = hash.of(key, 0, key.length);
      long position = locate(hashOfKey, key);
      int reference = referenceAt(hashOfKey, position);
      if (reference == PageStore.NONE || !condition.holds(reference)) {
        return false;
      }
      takeOut(reference);
      pages.free(reference);
      tables.tableOf(hashOfKey).empty(position);
      if (entries == 0 && reservation.bytes() > EMPTY_BYTES_MAX) {
        reset();
      } else {
        tables.shrinkIfSparse(entries);
      }
      return true;
    } finally {
      mark.endWrite(use);
    }
  }

  /** Removes all entries and gives their memory back to the budget. O(pages). */
  public void clear() {
    int use = mark.beginWrite();
    try {
      reset();
    } finally {
      mark.endWrite(use);
    }
  }

  private void reset() {
    pages.drop();
    reservation.releaseAll();
    extents.clear();
    digests.clear();
    pages = new PageStore(reservation);
    tables = new ResizingTable(hash, pages, reservation);
    wheel = new DeadlineWheel(pages);
    wheel.advance(nowMillis, Integer.MAX_VALUE);
    compaction = new Compaction(pages, tables, wheel);
    eviction = new Eviction(policy, pages, tables, hashSeed);
    entries = 0;
    entriesWithDeadline = 0;
    liveBytes = 0;
  }

  /**
   * Does the share of {@code writes} writes in what is under way, for a map that is not written to.
   * True if something is left to do.
   */
  public boolean maintain(int writes) {
    int use = mark.beginWrite();
    try {
      boolean isBusy = true;
      for (int i = 0; i < writes && isBusy; i++) {
        maintainOnce();
        isBusy = tables.isResizing() || !compaction.isIdle();
      }
      return isBusy;
    } finally {
      mark.endWrite(use);
    }
  }

  private void maintainOnce() {
    tables.advance();
    compaction.step();
  }

  // Expiry and eviction

  /**
   * Tells the map the wall time, which finds out what is due, in at most {@code stepsMax} steps: a
   * step is an entry looked at or a quarter of a second passed. Removes nothing.
   */
  public void passTime(long wallMillis, int stepsMax) {
    int use = mark.beginWrite();
    try {
      nowMillis = Math.max(nowMillis, wallMillis);
      wheel.advance(nowMillis, stepsMax);
    } finally {
      mark.endWrite(use);
    }
  }

  /**
   * Visits entries whose deadline has passed by the time told to {@link #passTime}, up to 256 ms
   * late: {@code entriesMax} at most, the same again until they are removed.
   *
   * @return how many were visited
   */
  public int visitDue(int entriesMax, EntryVisitor visitor) {
    int use = mark.beginScan();
    try {
      int visited = 0;
      int reference = wheel.firstDue();
      while (reference != PageStore.NONE && visited < entriesMax) {
        visitor.visit(this, Integer.toUnsignedLong(reference));
        visited++;
        reference = wheel.nextDue(reference);
      }
      return visited;
    } finally {
      mark.endScan(use);
    }
  }

  /**
   * The entry that the eviction policy would remove first, among a sample; {@link #ABSENT} if there
   * is no policy, or the sample found none.
   */
  public long victim() {
    int use = mark.beginWrite();
    try {
      if (usagePart == 0 || entries == 0) {
        return ABSENT;
      }
      int reference = eviction.victim();
      return reference == PageStore.NONE ? ABSENT : Integer.toUnsignedLong(reference);
    } finally {
      mark.endWrite(use);
    }
  }

  // The whole

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
    int use = mark.beginScan();
    try {
      if (entries == 0) {
        return 0;
      }
      int position = (int) cursor;
      int visited = 0;
      do {
        visited +=
            tables.visit(
                position, reference -> visitor.visit(this, Integer.toUnsignedLong(reference)));
        position = tables.following(position);
      } while (position != 0 && visited < entriesMin);
      return Integer.toUnsignedLong(position);
    } finally {
      mark.endScan(use);
    }
  }

  /**
   * Whether a scan that has come to {@code cursor} has this entry still before it: what a smaller
   * table brings for the second time has not. O(bytes of the key).
   */
  public boolean isAhead(long entry, long cursor) {
    int place = Integer.reverse((int) tables.hashOf((int) entry));
    return Integer.compareUnsigned(place, Integer.reverse((int) cursor)) >= 0;
  }

  /** Over name of the map, key, value, deadline and version of each entry. O(1). */
  public Digest digest() {
    mark.checkRead();
    return digests.entries();
  }

  /** Over the same but versions, so that clusters and restores can be compared. O(1). */
  public Digest contentDigest() {
    mark.checkRead();
    return digests.contents();
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

  /** All counts at once. O(1). */
  public BucketMapStatistics statistics() {
    mark.checkRead();
    return new BucketMapStatistics(
        entries,
        entriesWithDeadline,
        liveBytes,
        reservation.bytes(),
        pages.pageBytes(),
        pages.freeBytes(),
        extents.count(),
        tables.buckets(),
        tables.overflowBuckets(),
        tables.isResizing(),
        !compaction.isIdle(),
        compaction.movedBytes());
  }

  private int referenceOf(byte[] key) {
    if (entries == 0) {
      return PageStore.NONE;
    }
    long hashOfKey = hash.of(key, 0, key.length);
    return tables.tableOf(hashOfKey).find(hashOfKey, key, pages);
  }

  private long locate(long hashOfKey, byte[] key) {
    return entries == 0
        ? BucketTable.NONE
        : tables.tableOf(hashOfKey).locate(hashOfKey, key, pages);
  }

  private int referenceAt(long hashOfKey, long position) {
    return position == BucketTable.NONE
        ? PageStore.NONE
        : tables.tableOf(hashOfKey).reference(position);
  }

  private byte[] valueOf(int reference, int keyLength) {
    byte[] page = page(reference);
    int at = offset(reference);
    if (EntryBytes.hasExtent(page, at)) {
      return extents.value(EntryBytes.extent(page, at));
    }
    int from = EntryBytes.keyOffset(page, at) + keyLength;
    return copy(page, from, EntryBytes.valueLength(page, at));
  }

  /**
   * What Arrays.copyOfRange does, in a form whose array the compiler does not fill with 0 first.
   */
  private static byte[] copy(byte[] page, int from, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(page, from, copy, 0, length);
    return copy;
  }

  private boolean isValue(int reference, byte[] expected) {
    if (reference == PageStore.NONE) {
      return false;
    }
    byte[] page = page(reference);
    int at = offset(reference);
    if (EntryBytes.hasExtent(page, at)) {
      return Arrays.equals(extents.value(EntryBytes.extent(page, at)), expected);
    }
    int from = EntryBytes.valueOffset(page, at);
    int to = from + EntryBytes.valueLength(page, at);
    return Arrays.equals(page, from, to, expected, 0, expected.length);
  }

  private boolean isVersion(int reference, long expected) {
    return reference != PageStore.NONE
        && EntryBytes.version(page(reference), offset(reference)) == expected;
  }

  private long deadlineMillisOf(int reference) {
    return EntryBytes.deadlineMillis(page(reference), offset(reference));
  }

  private void use(int reference) {
    if (usagePart != 0) {
      EntryBytes.putUsage(page(reference), offset(reference), stampAfter(reference));
    }
  }

  private int stampAfter(int present) {
    return present == PageStore.NONE
        ? eviction.fresh()
        : eviction.used(EntryBytes.usage(page(present), offset(present)), entries);
  }

  /** Counts a whole entry in. */
  private void putIn(int reference) {
    entries++;
    digests.add(page(reference), offset(reference));
    countIn(reference);
  }

  /** Counts a whole entry out, and lets its extent go. */
  private void takeOut(int reference) {
    byte[] page = page(reference);
    int at = offset(reference);
    entries--;
    digests.subtract(page, at);
    countOut(reference);
    if (EntryBytes.hasExtent(page, at)) {
      extents.remove(EntryBytes.extent(page, at));
    }
  }

  private void countIn(int reference) {
    liveBytes += EntryBytes.liveBytes(page(reference), offset(reference));
    if (EntryBytes.hasDeadline(page(reference), offset(reference))) {
      entriesWithDeadline++;
      wheel.add(reference);
    }
  }

  private void countOut(int reference) {
    liveBytes -= EntryBytes.liveBytes(page(reference), offset(reference));
    if (EntryBytes.hasDeadline(page(reference), offset(reference))) {
      entriesWithDeadline--;
      wheel.remove(reference);
    }
  }

  private byte[] page(long entry) {
    return pages.page((int) entry);
  }

  private int offset(long entry) {
    return pages.offset((int) entry);
  }

  private static void checkLength(String what, int length, int lengthMax) {
    if (length > lengthMax) {
      throw new IllegalArgumentException(
          "%s is too long: length=%d, lengthMax=%d".formatted(what, length, lengthMax));
    }
  }
}
