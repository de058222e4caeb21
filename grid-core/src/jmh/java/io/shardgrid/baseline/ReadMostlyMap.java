package io.shardgrid.baseline;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map for keys that are written once and read often, or that each thread has to itself: what is
 * in its read view is read and overwritten without a lock. Thread-safe.
 *
 * <p>A new key costs the lock, and the first one after a promotion O(entries), while all that need
 * the lock wait.
 */
public final class ReadMostlyMap<K, V> implements SharedMap<K, V> {

  /*
   * Two tables over the same entries:
   *
   *   view  (volatile) ---> entries: key -> Entry   its structure never changes: no lock
   *                         isAmended               "dirty has keys that are not in here"
   *   dirty (lock)     ---> entries: key -> Entry   every living key, if the view is amended;
   *                                                 empty and without meaning, if it is not
   *
   * An Entry that is in both tables is one object, so a value that is written through the view is
   * seen in dirty too. Its state is one word:
   *
   *   live      a value
   *   deleted   no value; if there is a dirty table, the entry is in it
   *   expunged  no value, and the dirty table was made without it
   *
   *       put            remove             copied to dirty            put, under the lock
   *   live <--- deleted <------ live    deleted ------> expunged    expunged ------> deleted, in dirty
   *
   * 1. A key that is in the view is read, overwritten and removed by one compare-and-set on its
   *    entry. Only expunged turns a writer away: its value would be missing from dirty, and be
   *    lost with the next promotion. That writer takes the lock and puts the entry into dirty.
   * 2. A key that is not in the view, while it is amended, is looked up in dirty under the lock: a
   *    miss. After as many misses as dirty has entries, dirty becomes the view as it is: no copy,
   *    and the misses have paid for the copy that the next new key makes.
   * 3. The first new key after a promotion copies the living entries to a new dirty table, and
   *    expunges the deleted ones, which is how they are forgotten.
   * 4. Whoever has the lock looks into the view again: it may have been promoted meanwhile.
   * 5. Only the holder of the lock makes an entry expunged or lifts that, so an entry that is not
   *    expunged stays so while the lock is held.
   *
   * Why not one table copied on each write: a write would cost O(entries). Why not a lock for each
   * read: all cores would fight for its cache line even if nobody writes.
   *
   * Differences from the source: "there is a dirty table" and "amended" are one fact here, since
   * this map has no clear; merge is an atomic update with a function.
   *
   * Source: package sync of Go 1.23, src/sync/map.go (Bryan C. Mills; talk "An overview of
   * sync.Map", GopherCon 2017). Go 1.24 put a concurrent hash trie in its place.
   */

  private static final class View<K, V> {

    final Map<K, ReadMostlyEntry<V>> entries;
    final boolean isAmended;

    View(Map<K, ReadMostlyEntry<V>> entries, boolean isAmended) {
      this.entries = entries;
      this.isAmended = isAmended;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private volatile View<K, V> view = new View<>(Map.of(), false);

  /** Guarded by the lock. */
  private Map<K, ReadMostlyEntry<V>> dirty = new HashMap<>();

  /** Lookups in {@code dirty} since the last promotion; guarded by the lock. */
  private int misses;

  @Override
  public @Nullable V get(K key) {
    View<K, V> seen = view;
    ReadMostlyEntry<V> entry = seen.entries.get(key);
    if (entry == null && seen.isAmended) {
      entry = lookUp(key);
    }
    return entry == null ? null : entry.value();
  }

  private @Nullable ReadMostlyEntry<V> lookUp(K key) {
    lock.lock();
    try {
      View<K, V> seen = view;
      ReadMostlyEntry<V> entry = seen.entries.get(key);
      if (entry == null && seen.isAmended) {
        entry = dirty.get(key);
        countMiss();
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable V remove(K key) {
    View<K, V> seen = view;
    ReadMostlyEntry<V> entry = seen.entries.get(key);
    if (entry == null && seen.isAmended) {
      entry = takeOut(key);
    }
    return entry == null ? null : entry.delete();
  }

  private @Nullable ReadMostlyEntry<V> takeOut(K key) {
    lock.lock();
    try {
      View<K, V> seen = view;
      ReadMostlyEntry<V> entry = seen.entries.get(key);
      if (entry == null && seen.isAmended) {
        entry = dirty.remove(key);
        countMiss();
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable V put(K key, V value) {
    Objects.requireNonNull(value);
    ReadMostlyEntry<V> entry = view.entries.get(key);
    while (entry != null && !entry.isExpunged()) {
      V before = entry.value();
      if (entry.replace(before, value)) {
        return before;
      }
    }
    lock.lock();
    try {
      entry = writable(key);
      if (entry == null) {
        add(key, value);
        return null;
      }
      return entry.swap(value);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public V merge(K key, V value, BinaryOperator<V> sum) {
    Objects.requireNonNull(value);
    ReadMostlyEntry<V> entry = view.entries.get(key);
    while (entry != null && !entry.isExpunged()) {
      V before = entry.value();
      V after = before == null ? value : Objects.requireNonNull(sum.apply(before, value));
      if (entry.replace(before, after)) {
        return after;
      }
    }
    lock.lock();
    try {
      return mergeLocked(key, value, sum);
    } finally {
      lock.unlock();
    }
  }

  private V mergeLocked(K key, V value, BinaryOperator<V> sum) {
    ReadMostlyEntry<V> entry = writable(key);
    if (entry == null) {
      add(key, value);
      return value;
    }
    if (!view.entries.containsKey(key)) {
      countMiss();
    }
    while (true) {
      V before = entry.value();
      V after = before == null ? value : Objects.requireNonNull(sum.apply(before, value));
      if (entry.replace(before, after)) {
        return after;
      }
    }
  }

  /** The entry that the holder of the lock may write to; null if neither table has one. */
  private @Nullable ReadMostlyEntry<V> writable(K key) {
    View<K, V> seen = view;
    ReadMostlyEntry<V> entry = seen.entries.get(key);
    if (entry == null) {
      return seen.isAmended ? dirty.get(key) : null;
    }
    if (entry.unexpunge()) {
      dirty.put(key, entry);
    }
    return entry;
  }

  private void add(K key, V value) {
    View<K, V> seen = view;
    if (!seen.isAmended) {
      dirty = livingEntriesOf(seen);
      view = new View<>(seen.entries, true);
    }
    dirty.put(key, new ReadMostlyEntry<>(value));
  }

  private Map<K, ReadMostlyEntry<V>> livingEntriesOf(View<K, V> seen) {
    Map<K, ReadMostlyEntry<V>> living = new HashMap<>();
    seen.entries.forEach(
        (key, entry) -> {
          if (!entry.expunge()) {
            living.put(key, entry);
          }
        });
    return living;
  }

  private void countMiss() {
    misses++;
    if (misses >= dirty.size()) {
      promote();
    }
  }

  /** Whether there are keys that a reader finds under the lock only. */
  boolean isAmended() {
    return view.isAmended;
  }

  private void promote() {
    view = new View<>(dirty, false);
    dirty = new HashMap<>();
    misses = 0;
  }

  /** {@inheritDoc} O(entries); promotes. */
  @Override
  public long size() {
    if (view.isAmended) {
      lock.lock();
      try {
        if (view.isAmended) {
          promote();
        }
      } finally {
        lock.unlock();
      }
    }
    return view.entries.values().stream().filter(entry -> entry.value() != null).count();
  }
}
