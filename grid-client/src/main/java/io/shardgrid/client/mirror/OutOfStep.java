package io.shardgrid.client.mirror;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keys of which the canary may lack a write. Bounded: past the bound the whole map is unsure, and
 * stays so until it has been filled anew. Thread-safe; costs one volatile read while there are
 * none.
 */
final class OutOfStep {

  private final int keysMax;

  /** Keys, those that wait longest first, and when they were marked last, by number. */
  private final LinkedHashMap<KeyRef, Long> keys = new LinkedHashMap<>();

  private final Set<String> unsure = new TreeSet<>();
  private final AtomicInteger marks = new AtomicInteger();
  private boolean isAllUnsure;
  private boolean isFilling;
  private long lastMark;

  /** A key that is to be copied anew, and the mark that this is about. */
  record Marked(KeyRef key, long mark) {}

  /** Remembers so many keys. */
  OutOfStep(int keysMax) {
    this.keysMax = keysMax;
  }

  /** The canary may lack a write of this key. */
  synchronized void mark(KeyRef key) {
    if (isUnsure(key.map())) {
      return;
    }
    if (keys.size() >= keysMax && !keys.containsKey(key)) {
      markMap(key.map());
    } else {
      keys.put(key, ++lastMark);
    }
    recount();
  }

  /** The canary may lack anything of this map. */
  synchronized void markMap(String map) {
    if (unsure.size() >= keysMax) {
      isAllUnsure = true;
    }
    unsure.add(map);
    keys.keySet().removeIf(key -> key.map().equals(map));
    recount();
  }

  /** The canary may lack anything: it was filled by nobody yet. */
  synchronized void markAll() {
    isAllUnsure = true;
    keys.clear();
    recount();
  }

  /** The canary is being filled: until {@link #filled} all is doubtful, and keys are remembered. */
  synchronized void fill() {
    isAllUnsure = false;
    isFilling = true;
    unsure.clear();
    recount();
  }

  /**
   * The canary is filled no more.
   *
   * @param isWhole whether it has what production has, but for what was marked meanwhile
   */
  synchronized void filled(boolean isWhole) {
    isFilling = false;
    if (!isWhole) {
      markAll();
    }
    recount();
  }

  /** A key is in step again, unless it was marked once more since {@link #next} told it. */
  synchronized void clear(Marked done) {
    keys.remove(done.key(), done.mark());
    recount();
  }

  /** Whether the canary may lack a write of this key. */
  boolean contains(KeyRef key) {
    if (marks.get() == 0) {
      return false;
    }
    synchronized (this) {
      return isFilling || isUnsure(key.map()) || keys.containsKey(key);
    }
  }

  /** The key that waits longest, moved behind the others; null if there is none. */
  synchronized @Nullable Marked next() {
    if (keys.isEmpty()) {
      return null;
    }
    Map.Entry<KeyRef, Long> first = keys.entrySet().iterator().next();
    Marked next = new Marked(first.getKey(), first.getValue());
    keys.remove(next.key());
    keys.put(next.key(), next.mark());
    return next;
  }

  synchronized int keys() {
    return keys.size();
  }

  /** The maps that are unsure; {@code *} for all. */
  synchronized Set<String> unsure() {
    return isAllUnsure ? Set.of("*") : Set.copyOf(unsure);
  }

  private boolean isUnsure(String map) {
    return isAllUnsure || unsure.contains(map);
  }

  private void recount() {
    marks.set(keys.size() + unsure.size() + (isAllUnsure || isFilling ? 1 : 0));
  }
}
