package io.shardgrid.client.mirror;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last versions of keys, those used last. Bounded; confined to whoever holds it. */
final class VersionHistory {

  private static final float LOAD = 0.75f;

  private final Map<KeyRef, VersionPair> pairs;

  /** Remembers so many keys. */
  VersionHistory(int max) {
    pairs =
        new LinkedHashMap<>(16, LOAD, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<KeyRef, VersionPair> eldest) {
            return size() > max;
          }
        };
  }

  /** The versions told by the last operation before this one; null if there are none. */
  @Nullable VersionPair before(KeyRef key, long number) {
    VersionPair known = pairs.get(key);
    return known != null && known.number() < number ? known : null;
  }

  /** Remembers what an operation told, if it told both. */
  void add(KeyRef key, VersionPair pair) {
    if (pair.production() > 0 && pair.canary() > 0) {
      pairs.merge(key, pair, (known, next) -> next.number() > known.number() ? next : known);
    }
  }

  /** The canary's version says nothing any more: somebody has written there alone. */
  void forget(KeyRef key) {
    pairs.remove(key);
  }

  void clear() {
    pairs.clear();
  }
}
