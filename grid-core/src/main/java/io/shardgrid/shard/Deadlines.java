package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.wire.Expiry;

/** Arithmetic of entries' deadlines, in milliseconds of the wall clock since 1970. */
final class Deadlines {

  /** Stands for a deadline that has passed already: the entry is to be removed. */
  static final long PAST = -1;

  private Deadlines() {}

  /**
   * The deadline that an expiry comes to, {@link BucketMap#NO_DEADLINE} or {@link #PAST}; one that
   * is too far away for 64 bits becomes the farthest there is.
   *
   * @param presentMillis the deadline that the entry has, for {@link Expiry.Kind#KEEP}
   */
  static long resolve(Expiry expiry, long presentMillis, long wallMillis) {
    long millis = expiry.millis();
    return switch (expiry.kind()) {
      case NEVER -> BucketMap.NO_DEADLINE;
      case KEEP -> presentMillis;
      case AFTER -> millis <= 0 ? PAST : saturatedSum(wallMillis, millis);
      case AT -> millis <= wallMillis ? PAST : millis;
    };
  }

  static boolean isPast(long deadlineMillis, long wallMillis) {
    return deadlineMillis != BucketMap.NO_DEADLINE && deadlineMillis <= wallMillis;
  }

  private static long saturatedSum(long some, long others) {
    long sum = some + others;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
