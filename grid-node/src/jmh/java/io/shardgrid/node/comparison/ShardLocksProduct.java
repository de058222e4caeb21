package io.shardgrid.node.comparison;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.Slot;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The grid's own tables with a lock a shard, and nothing else of the grid: no order, no backups.
 */
final class ShardLocksProduct implements Product {

  private static final int SHARDS = 256;

  private final Shard[] shards = new Shard[SHARDS];

  private static final class Shard {
    private final ReentrantLock lock = new ReentrantLock();
    private final BucketMap map =
        new BucketMap("m", 0, EvictionPolicy.NONE, PageBudget.unlimited());
  }

  ShardLocksProduct() {
    for (int number = 0; number < SHARDS; number++) {
      shards[number] = new Shard();
    }
  }

  @Override
  public void open(Role role, int number) {}

  private Shard shardOf(byte[] key) {
    return shards[Slot.shardOf(Slot.of(key), SHARDS)];
  }

  @Override
  public byte @Nullable [] get(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    Shard shard = shardOf(bytes);
    shard.lock.lock();
    try {
      return shard.map.get(bytes);
    } finally {
      shard.lock.unlock();
    }
  }

  @Override
  public void put(String key, byte[] value) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    Shard shard = shardOf(bytes);
    shard.lock.lock();
    try {
      shard.map.put(bytes, value, 1, BucketMap.NO_DEADLINE);
    } finally {
      shard.lock.unlock();
    }
  }

  @Override
  public boolean isAsync() {
    return false;
  }

  @Override
  public void close() {}
}
