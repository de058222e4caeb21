package io.shardgrid.shard;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys that the store did not have when it was asked, for a while. Bounded: the one that was put in
 * first makes room. Confined to the primary.
 */
final class AbsentKeys {

  /** Longer keys are not kept: they would take more than a question costs. */
  private static final int KEY_BYTES_MAX = 512;

  private final long ttlNanos;
  private final int keysMax;
  private final Map<ByteBuffer, Long> untilNanos = new LinkedHashMap<>();

  AbsentKeys(long ttlNanos, int keysMax) {
    this.ttlNanos = ttlNanos;
    this.keysMax = keysMax;
  }

  void add(ByteBuffer key, long nowNanos) {
    if (ttlNanos == 0 || keysMax == 0 || key.remaining() > KEY_BYTES_MAX) {
      return;
    }
    if (untilNanos.size() >= keysMax && !untilNanos.containsKey(key)) {
      untilNanos.remove(untilNanos.keySet().iterator().next());
    }
    untilNanos.put(key, nowNanos + ttlNanos);
  }

  boolean has(ByteBuffer key, long nowNanos) {
    Long until = untilNanos.get(key);
    if (until == null) {
      return false;
    }
    boolean isGood = nowNanos - until < 0;
    if (!isGood) {
      untilNanos.remove(key);
    }
    return isGood;
  }

  void remove(ByteBuffer key) {
    untilNanos.remove(key);
  }

  void clear() {
    untilNanos.clear();
  }
}
