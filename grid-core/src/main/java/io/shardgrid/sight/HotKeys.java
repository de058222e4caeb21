package io.shardgrid.sight;

import io.shardgrid.wire.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which keys of a shard are asked for most, from a sample of its operations. Confined to
 * the shard's turn.
 *
 * <p>One operation of {@value #ONE_IN}, on average, is looked at, at distances that no rhythm of
 * operations can follow; of an operation on several keys, one. {@value #COUNTERS} counters; after
 * {@value #WINDOW} samples all that was counted counts half, so that a key that is asked for no
 * more goes down.
 */
public final class HotKeys {

  /** Of so many operations one is looked at. */
  public static final int ONE_IN = 128;

  /** Keys counted at once. */
  public static final int COUNTERS = 32;

  private static final int WINDOW = 512;

  private final SpaceSaving<KeyMark> sketch = new SpaceSaving<>(COUNTERS);
  private long noise;
  private int untilNext;

  /**
   * Nothing seen yet.
   *
   * @param seed chooses which operations are looked at
   */
  public HotKeys(long seed) {
    noise = seed * 0x9E3779B97F4A7C15L | 1;
    untilNext = distance();
  }

  /** An operation is carried out. */
  public void seen(String map, Request request) {
    if (--untilNext <= 0) {
      untilNext = distance();
      sample(map, request);
    }
  }

  /** From 1 to twice the mean, all equally often: Marsaglia's xorshift, with what it is good at. */
  private int distance() {
    noise ^= noise << 13;
    noise ^= noise >>> 7;
    noise ^= noise << 17;
    return 1 + (int) Long.remainderUnsigned(noise >>> 11, 2 * ONE_IN - 1);
  }

  private void sample(String map, Request request) {
    byte[] key = keyOf(request);
    if (key == null) {
      return;
    }
    if (sketch.seen() >= WINDOW) {
      sketch.halve();
    }
    sketch.add(KeyMark.of(map, key));
  }

  private byte @Nullable [] keyOf(Request request) {
    byte[] own = request.key();
    return own != null ? own : oneOf(keysOf(request));
  }

  private static List<byte[]> keysOf(Request request) {
    if (request instanceof Request.GetAll all) {
      return all.keys();
    }
    if (request instanceof Request.PutAll all) {
      return all.keys();
    }
    if (request instanceof Request.RemoveAll all) {
      return all.keys();
    }
    return request instanceof Request.CountAll all ? all.keys() : List.of();
  }

  private byte @Nullable [] oneOf(List<byte[]> keys) {
    return keys.isEmpty() ? null : keys.get((int) Long.remainderUnsigned(noise >>> 8, keys.size()));
  }

  /** The keys asked for most, the first one most. O(counters log counters). */
  public List<HotKey> top(int keys) {
    long samples = sketch.seen();
    return sketch.top(keys).stream()
        .map(
            one ->
                new HotKey(
                    one.key().map(),
                    one.key().shown(),
                    one.key().isText(),
                    one.key().isWhole(),
                    (double) one.count() / samples,
                    (double) one.error() / samples))
        .toList();
  }
}
