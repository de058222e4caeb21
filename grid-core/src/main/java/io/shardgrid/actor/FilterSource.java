package io.shardgrid.actor;

import io.shardgrid.key.Slot;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.StoreErrand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells shards the keys of the store of one map, for their existence filters: one reading for all
 * shards of the node that ask within a short while. Thread-safe.
 */
final class FilterSource {

  private static final Logger LOG = LoggerFactory.getLogger(FilterSource.class);
  private static final long GATHER_MILLIS = 500;
  private static final int KEYS_AT_ONCE = 1_000;

  private final StoreBinding<?, ?> binding;
  private final int shards;
  private final Executor pool;
  private final Map<Integer, Wanted> wanted = new HashMap<>();

  /** The shards that have asked some time. */
  private final Map<Integer, Consumer<ErrandResult>> known = new HashMap<>();

  private boolean isReading;

  /** A shard that waits for its keys. */
  private record Wanted(StoreErrand.Fill fill, Consumer<ErrandResult> returned, List<byte[]> keys) {

    void take(byte[] key) {
      keys.add(key);
      if (keys.size() >= KEYS_AT_ONCE) {
        tell(false);
      }
    }

    void tell(boolean isLast) {
      returned.accept(new ErrandResult.Keys(fill, keys, isLast));
      keys.clear();
    }
  }

  FilterSource(StoreBinding<?, ?> binding, int shards, Executor pool) {
    this.binding = binding;
    this.shards = shards;
    this.pool = pool;
  }

  /** A shard wants its keys. */
  synchronized void wanted(int shard, StoreErrand.Fill fill, Consumer<ErrandResult> returned) {
    wanted.put(shard, new Wanted(fill, returned, new ArrayList<>()));
    known.put(shard, returned);
    if (!isReading) {
      isReading = true;
      readSoon();
    }
  }

  /** Has all shards that are served here ask anew. */
  void refill() {
    List<Consumer<ErrandResult>> all;
    synchronized (this) {
      all = List.copyOf(known.values());
    }
    all.forEach(one -> one.accept(new ErrandResult.Refill(binding.map())));
  }

  private void readSoon() {
    CompletableFuture.delayedExecutor(GATHER_MILLIS, TimeUnit.MILLISECONDS, task -> execute(task))
        .execute(this::read);
  }

  private void execute(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The node is closing: {}", e.getMessage());
    }
  }

  private void read() {
    Map<Integer, Wanted> round;
    synchronized (this) {
      round = Map.copyOf(wanted);
      wanted.clear();
    }
    StoreDesk.stage(
            () ->
                binding.keys(
                    keys -> {
                      for (byte[] key : keys) {
                        Wanted one = round.get(Slot.shardOf(Slot.of(key), shards));
                        if (one != null) {
                          one.take(key);
                        }
                      }
                    }))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                round.values().forEach(one -> one.tell(true));
              } else {
                LOG.warn(
                    "The keys of a store cannot be read, reads of absent keys ask it: map={},"
                        + " cause={}",
                    binding.map(),
                    StoreDesk.reasonOf(failure));
                round
                    .values()
                    .forEach(one -> one.returned().accept(new ErrandResult.NoKeys(one.fill())));
              }
              again();
            });
  }

  private synchronized void again() {
    isReading = !wanted.isEmpty();
    if (isReading) {
      readSoon();
    }
  }
}
