package io.shardgrid.bucket;

import io.shardgrid.key.EvictionPolicy;

/** Maps for tests. */
final class TestMaps {

  static final String NAME = "towns";

  private TestMaps() {}

  static BucketMap map(long hashSeed, PageBudget budget) {
    return new BucketMap(NAME, hashSeed, EvictionPolicy.NONE, budget);
  }

  static BucketMap map(EvictionPolicy policy, PageBudget budget) {
    return new BucketMap(NAME, 42, policy, budget);
  }

  /** Writes an entry without deadline into a new block. */
  static int store(PageStore pages, byte[] key, byte[] value) {
    int flags = EntryBytes.flags(key.length, value.length, 0);
    int reference = pages.allocate(EntryBytes.size(flags, key.length, value.length));
    byte[] page = pages.page(reference);
    int at = pages.offset(reference);
    EntryBytes.begin(page, at, flags, key.length, value.length);
    EntryBytes.restamp(page, at, 1, BucketMap.NO_DEADLINE);
    EntryBytes.fill(page, at, key, value);
    return reference;
  }
}
