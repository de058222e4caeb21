package io.shardgrid.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.shardgrid.key.EvictionPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes empty maps to be measured. Stateless. */
final class Subjects {

  private static final long HASH_SEED = 0x1b873593cc9e2d51L;

  private Subjects() {}

  /** An empty bucket map, bounded by nothing but the heap. */
  static BucketMap bucketMap() {
    return new BucketMap("measured", HASH_SEED, EvictionPolicy.NONE, PageBudget.unlimited());
  }

  static Subject of(Contender contender) {
    return switch (contender) {
      case BUCKET_MAP -> new Buckets(bucketMap());
      case HASH_MAP -> new Objects(new HashMap<>());
      case CONCURRENT_HASH_MAP -> new Objects(new ConcurrentHashMap<>());
      case STRING_CONCURRENT_HASH_MAP -> new Strings(new ConcurrentHashMap<>());
    };
  }

  /** A map that keeps nothing: what is measured with it is the measuring itself. */
  static Subject nothing() {
    return new Nothing();
  }

  /** Fills a subject with the sample keys from 0 to {@code entries} - 1. */
  static void fill(Subject subject, int entries, int keyBytes, int valueBytes) {
    byte[] key = new byte[keyBytes];
    byte[] value = SampleKeys.value(valueBytes);
    for (int number = 0; number < entries; number++) {
      SampleKeys.write(number, key);
      subject.put(key, value);
    }
    if (subject.entries() != entries) {
      throw new IllegalStateException(
          "entries are missing: wanted=%d, found=%d".formatted(entries, subject.entries()));
    }
  }

  private static final class Buckets implements Subject {
    private final BucketMap map;
    private long version;

    Buckets(BucketMap map) {
      this.map = map;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      version++;
      if (map.put(key, value, version, BucketMap.NO_DEADLINE) == BucketMap.Stored.REFUSED) {
        throw new IllegalStateException("the map is full: entries=" + map.entries());
      }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return map.get(key);
    }

    @Override
    public boolean remove(byte[] key) {
      return map.remove(key);
    }

    @Override
    public long entries() {
      return map.entries();
    }

    @Override
    public Object root() {
      return map;
    }
  }

  private static final class Objects implements Subject {
    private final Map<ByteKey, byte[]> map;

    Objects(Map<ByteKey, byte[]> map) {
      this.map = map;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(new ByteKey(key.clone()), value.clone());
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] value = map.get(new ByteKey(key));
      return value == null ? null : value.clone();
    }

    @Override
    public boolean remove(byte[] key) {
      return map.remove(new ByteKey(key)) != null;
    }

    @Override
    public long entries() {
      return map.size();
    }

    @Override
    public Object root() {
      return map;
    }
  }

  private static final class Strings implements Subject {
    private final Map<String, byte[]> map;

    Strings(Map<String, byte[]> map) {
      this.map = map;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(new String(key, ISO_8859_1), value.clone());
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] value = map.get(new String(key, ISO_8859_1));
      return value == null ? null : value.clone();
    }

    @Override
    public boolean remove(byte[] key) {
      return map.remove(new String(key, ISO_8859_1)) != null;
    }

    @Override
    public long entries() {
      return map.size();
    }

    @Override
    public Object root() {
      return map;
    }
  }

  private static final class Nothing implements Subject {
    @Override
    public void put(byte[] key, byte[] value) {}

    @Override
    public byte @Nullable [] get(byte[] key) {
      return null;
    }

    @Override
    public boolean remove(byte[] key) {
      return false;
    }

    @Override
    public long entries() {
      return 0;
    }

    @Override
    public Object root() {
      return this;
    }
  }
}
