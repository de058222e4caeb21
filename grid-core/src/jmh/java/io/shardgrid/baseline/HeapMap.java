package io.shardgrid.baseline;

import io.shardgrid.map.Codec;
import io.shardgrid.map.Codecs;
import org.jspecify.annotations.Nullable;

/** A {@link SharedMap} in the comparison. It copies nothing: it stores and returns references. */
final class HeapMap implements ComparedMap {

  private static final Codec<Long> DECIMAL = Codecs.decimal();
  private static final byte[] ONE = DECIMAL.encode(1L);

  private final SharedMap<String, byte[]> entries;

  HeapMap(SharedMap<String, byte[]> entries) {
    this.entries = entries;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return entries.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public boolean remove(String key) {
    return entries.remove(key) != null;
  }

  @Override
  public long increment(String key) {
    return DECIMAL.decode(entries.merge(key, ONE, HeapMap::sum));
  }

  private static byte[] sum(byte[] present, byte[] added) {
    return DECIMAL.encode(Math.addExact(DECIMAL.decode(present), DECIMAL.decode(added)));
  }

  @Override
  public long size() {
    return entries.size();
  }

  @Override
  public void close() {}
}
