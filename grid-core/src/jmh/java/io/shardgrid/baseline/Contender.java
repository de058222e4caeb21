package io.shardgrid.baseline;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The maps that are compared, in the order of tables and legends. */
public enum Contender {
  /** One mutex. */
  SYNCHRONIZED("synchronized"),

  /** One lock that readers share. */
  READ_WRITE_LOCK("read-write lock"),

  /** A lock a segment; as many segments as the entries ask for. */
  SEGMENTED("segmented locks"),

  /** A read view without a lock, a dirty map with one. */
  READ_MOSTLY("read-mostly"),

  /** The JDK's own. */
  CONCURRENT("ConcurrentHashMap"),

  /** Bounded, so that it keeps its statistics of use, but never full, so that it evicts nothing. */
  CAFFEINE("Caffeine, bounded"),

  /** The shards of an embedded grid. */
  ACTOR("shard actors");

  private static final int SEGMENT_ENTRIES_MAX = 4096;
  private static final int SEGMENT_DEPTH_MAX = 16;
  private static final long CAFFEINE_ENTRIES_MAX = 1L << 24;

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** What readers of tables call it. */
  public String label() {
    return label;
  }

  /** What it is called in options and in the kept results. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An empty map. The caller closes it. */
  public ComparedMap start() {
    return switch (this) {
      case SYNCHRONIZED -> new HeapMap(new SynchronizedMap<>());
      case READ_WRITE_LOCK -> new HeapMap(new ReadWriteLockMap<>());
      case SEGMENTED -> new HeapMap(new SegmentedLockMap<>(SEGMENT_ENTRIES_MAX, SEGMENT_DEPTH_MAX));
      case READ_MOSTLY -> new HeapMap(new ReadMostlyMap<>());
      case CONCURRENT -> new HeapMap(new AdaptedMap<>(new ConcurrentHashMap<>()));
      case CAFFEINE -> new HeapMap(new AdaptedMap<>(caffeine()));
      case ACTOR -> ActorMap.start();
    };
  }

  private static ConcurrentMap<String, byte[]> caffeine() {
    return Caffeine.newBuilder().maximumSize(CAFFEINE_ENTRIES_MAX).<String, byte[]>build().asMap();
  }
}
