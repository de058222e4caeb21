package io.shardgrid.baseline;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The maps under test, sized so that a few hundred keys take them through splits and promotions.
 */
enum Subject {
  SYNCHRONIZED,
  READ_WRITE_LOCK,
  READ_MOSTLY,
  SEGMENTED,
  SEGMENTED_AND_FULL,
  CONCURRENT;

  <K, V> SharedMap<K, V> map() {
    return switch (this) {
      case SYNCHRONIZED -> new SynchronizedMap<>();
      case READ_WRITE_LOCK -> new ReadWriteLockMap<>();
      case READ_MOSTLY -> new ReadMostlyMap<>();
      case SEGMENTED -> new SegmentedLockMap<>(4, 16);
      case SEGMENTED_AND_FULL -> new SegmentedLockMap<>(1, 2);
      case CONCURRENT -> new AdaptedMap<>(new ConcurrentHashMap<>());
    };
  }
}
