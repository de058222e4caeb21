package io.shardgrid.baseline;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map of segments, each a hash table under a lock of its own, whose number grows with the
 * entries. Thread-safe.
 *
 * <p>A segment that is full splits, under its own lock, in O(its entries); who uses another segment
 * does not notice.
 */
public final class SegmentedLockMap<K, V> implements SharedMap<K, V> {

  /*
   * Extendible hashing. The directory has 2^g places; the low g bits of a key's hash choose one. A
   * segment of depth d holds the keys whose low d bits are its suffix, and stands at all 2^(g-d)
   * places that end in that suffix. Here g = 2, and segment "1" has depth 1:
   *
   *   directory   00 -> segment  00    depth 2
   *               01 -> segment   1    depth 1
   *               10 -> segment  10    depth 2
   *               11 -> segment   1    (the same)
   *
   * When "1" is full, a writer that holds its lock makes "01" and "11", distributes the entries,
   * lets the places 01 and 11 point to them, and marks "1" as split. If d = g, the directory is
   * doubled first: a copy of pointers, entries stay where they are.
   *
   * 1. Whoever looks a key up reads the directory without a lock, locks the segment, and begins
   *    anew if it is split by then. A segment that is not split has all keys of its suffix,
   *    whatever directory led to it, so an outdated one does no harm.
   * 2. The new segments are in the directory before the old one is marked and its lock released:
   *    who finds the mark finds them. Nobody begins anew more than once for one split.
   * 3. Changes of the directory have a lock of their own. It is taken with a segment's lock held,
   *    never the other way round, and lookups do not take it.
   *
   * Why not a fixed number of segments, as java.util.concurrent.ConcurrentHashMap had up to Java 7:
   * it has to be guessed before the first entry. Why not linear hashing (Litwin, VLDB 1980): it
   * splits the segment whose turn it is, not the one that is full.
   *
   * Sources: R. Fagin, J. Nievergelt, N. Pippenger, H. R. Strong: Extendible hashing, a fast access
   * method for dynamic files, ACM TODS 4(3), 1979. C. S. Ellis: Extendible hashing for concurrent
   * operations and distributed data, PODS 1983. The finalizer of 32 bits of MurmurHash3 (A.
   * Appleby, public domain) spreads the hash codes.
   */

  private static final class Segment<K, V> {

    final ReentrantLock lock = new ReentrantLock();
    final int suffix;
    final int depth;

    /** Guarded by the lock. */
    final Map<K, V> entries;

    /** Guarded by the lock. Once set it stays, and the entries are elsewhere. */
    boolean isSplit;

    Segment(int suffix, int depth, int capacity) {
      this.suffix = suffix;
      this.depth = depth;
      this.entries = new HashMap<>(capacity);
    }
  }

  private static final int INITIAL_CAPACITY = 16;
  private static final int DEPTH_LIMIT = 24;

  private final int segmentEntriesMax;
  private final int depthMax;
  private final ReentrantLock directoryLock = new ReentrantLock();

  /** Replaced when it doubles; its places are set when segments split; both under its lock. */
  private volatile AtomicReferenceArray<Segment<K, V>> directory;

  /**
   * Makes an empty map of one segment.
   *
   * @param segmentEntriesMax entries of a segment past which it splits, at least 1
   * @param depthMax 0 to 24; there are at most 2^depthMax segments, which then take whatever comes
   */
  public SegmentedLockMap(int segmentEntriesMax, int depthMax) {
    Objects.checkIndex(depthMax, DEPTH_LIMIT + 1);
    if (segmentEntriesMax < 1) {
      throw new IllegalArgumentException(
          "A segment must hold an entry: segmentEntriesMax=" + segmentEntriesMax);
    }
    this.segmentEntriesMax = segmentEntriesMax;
    this.depthMax = depthMax;
    this.directory = new AtomicReferenceArray<>(1);
    this.directory.set(0, new Segment<>(0, 0, INITIAL_CAPACITY));
  }

  @Override
  public @Nullable V get(K key) {
    Segment<K, V> segment = lockedFor(hash(key));
    try {
      return segment.entries.get(key);
    } finally {
      segment.lock.unlock();
    }
  }

  @Override
  public @Nullable V put(K key, V value) {
    Segment<K, V> segment = lockedFor(hash(key));
    try {
      V before = segment.entries.put(key, value);
      splitIfFull(segment);
      return before;
    } finally {
      segment.lock.unlock();
    }
  }

  @Override
  public @Nullable V remove(K key) {
    Segment<K, V> segment = lockedFor(hash(key));
    try {
      return segment.entries.remove(key);
    } finally {
      segment.lock.unlock();
    }
  }

  @Override
  public V merge(K key, V value, BinaryOperator<V> sum) {
    Segment<K, V> segment = lockedFor(hash(key));
    try {
      V after = Objects.requireNonNull(segment.entries.merge(key, value, sum));
      splitIfFull(segment);
      return after;
    } finally {
      segment.lock.unlock();
    }
  }

  @Override
  public long size() {
    long size = 0;
    for (int place = 0; place < directory.length(); place++) {
      Segment<K, V> segment = lockedFor(place);
      try {
        size += segment.suffix == place ? segment.entries.size() : 0;
      } finally {
        segment.lock.unlock();
      }
    }
    return size;
  }

  /** The number of segments; exact while nothing writes. */
  public int segments() {
    AtomicReferenceArray<Segment<K, V>> seen = directory;
    int segments = 0;
    for (int place = 0; place < seen.length(); place++) {
      segments += seen.get(place).suffix == place ? 1 : 0;
    }
    return segments;
  }

  /** The suffix of the segment that has this key: another one, another segment. */
  int segmentOf(K key) {
    AtomicReferenceArray<Segment<K, V>> seen = directory;
    return seen.get(hash(key) & (seen.length() - 1)).suffix;
  }

  /** The segment that has the keys of this hash, locked. */
  @SuppressWarnings("LockNotBeforeTry") // the caller unlocks the segment that it gets
  private Segment<K, V> lockedFor(int hash) {
    while (true) {
      AtomicReferenceArray<Segment<K, V>> seen = directory;
      Segment<K, V> segment = seen.get(hash & (seen.length() - 1));
      segment.lock.lock();
      if (!segment.isSplit) {
        return segment;
      }
      segment.lock.unlock();
    }
  }

  /** The segment's lock is held. */
  private void splitIfFull(Segment<K, V> segment) {
    if (segment.entries.size() <= segmentEntriesMax || segment.depth == depthMax) {
      return;
    }
    int bit = 1 << segment.depth;
    int capacity = Math.max(INITIAL_CAPACITY, segment.entries.size());
    Segment<K, V> low = new Segment<>(segment.suffix, segment.depth + 1, capacity);
    Segment<K, V> high = new Segment<>(segment.suffix | bit, segment.depth + 1, capacity);
    segment.entries.forEach(
        (key, value) -> ((hash(key) & bit) == 0 ? low : high).entries.put(key, value));
    publish(low, high);
    segment.isSplit = true;
    segment.entries.clear();
  }

  private void publish(Segment<K, V> low, Segment<K, V> high) {
    directoryLock.lock();
    try {
      AtomicReferenceArray<Segment<K, V>> current = directory;
      AtomicReferenceArray<Segment<K, V>> next =
          current.length() < 1 << low.depth ? doubled(current) : current;
      int step = 1 << low.depth;
      for (int place = low.suffix; place < next.length(); place += step) {
        next.set(place, low);
      }
      for (int place = high.suffix; place < next.length(); place += step) {
        next.set(place, high);
      }
      directory = next;
    } finally {
      directoryLock.unlock();
    }
  }

  private static <T> AtomicReferenceArray<T> doubled(AtomicReferenceArray<T> current) {
    int length = current.length();
    AtomicReferenceArray<T> next = new AtomicReferenceArray<>(2 * length);
    for (int place = 0; place < length; place++) {
      T segment = current.get(place);
      next.setPlain(place, segment);
      next.setPlain(place + length, segment);
    }
    return next;
  }

  private static int hash(Object key) {
    int hash = key.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
