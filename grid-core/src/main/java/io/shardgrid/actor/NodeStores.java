package io.shardgrid.actor;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.loader.StorePolicies;
import io.shardgrid.loader.StorePolicy;
import io.shardgrid.loader.StoreReport;
import io.shardgrid.loader.StoreSettings;
import io.shardgrid.loader.WriteMode;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.StoreErrand;
import io.shardgrid.sight.StoreSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores behind the maps of a node, in all its incarnations. Thread-safe. */
final class NodeStores implements StoreRunner, StoreBook, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStores.class);
  private static final long TICK_MILLIS = 20;

  private final List<StoreBinding<?, ?>> bindings;
  private final StorePolicies policies;
  private final Map<String, StoreDesk> desks = new LinkedHashMap<>();
  private final ExecutorService pool;
  private final ScheduledExecutorService clock;
  private volatile @Nullable CompletableFuture<Void> settled;

  private NodeStores(
      StoreSettings settings,
      List<StorePolicy> rules,
      List<StoreBinding<?, ?>> bindings,
      int shards) {
    this.bindings = bindings;
    this.policies = new StorePolicies(rules, shards);
    AtomicInteger number = new AtomicInteger();
    // As many as the desks have the stores do at once.
    this.pool =
        Executors.newCachedThreadPool(
            task -> daemon(task, "grid-store-" + number.incrementAndGet()));
    this.clock =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "grid-store-clock"));
    for (StoreBinding<?, ?> binding : bindings) {
      StorePolicies.Row row = policies.of(binding.map());
      if (row != null) {
        desks.put(binding.map(), new StoreDesk(binding, row, settings, shards, pool));
      }
    }
    if (!desks.isEmpty()) {
      clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins.
   *
   * @throws GridConfigException if stores and settings do not fit
   */
  static NodeStores start(StoreSettings settings, List<StoreBinding<?, ?>> bindings, int shards) {
    Map<String, StoreBinding<?, ?>> byMap = new HashMap<>();
    List<StorePolicy> rules = new ArrayList<>();
    for (StoreBinding<?, ?> binding : bindings) {
      StorePolicy policy = settings.policyOf(binding.map());
      binding.require(policy);
      if (byMap.put(binding.map(), binding) != null) {
        throw new GridConfigException("A map has two stores: map=" + binding.map());
      }
      rules.add(policy);
    }
    for (String map : settings.named().keySet()) {
      if (!byMap.containsKey(map)) {
        throw new GridConfigException(
            "A map is set up for a store and has none; give the node one, or leave the setting out:"
                + " key=grid.store.maps."
                + map);
      }
    }
    return new NodeStores(settings, rules, bindings, shards);
  }

  /** The settings with what every node of the cluster has to agree on about stores. */
  static EngineSettings agreed(EngineSettings settings, List<StoreBinding<?, ?>> bindings) {
    Map<String, String> texts = new HashMap<>();
    for (StoreBinding<?, ?> binding : bindings) {
      WriteMode writes = settings.store().policyOf(binding.map()).writes();
      texts.put(binding.map(), "with writes " + writes.name().toLowerCase(Locale.ROOT));
    }
    return settings.with(settings.member().maps().with(texts));
  }

  /** What shards ask; null if no map has a store. */
  @Nullable StoreRunner runner() {
    return desks.isEmpty() ? null : this;
  }

  @Override
  public StorePolicies policies() {
    return policies;
  }

  @Override
  public void run(int shard, StoreErrand errand, Consumer<ErrandResult> returned) {
    StoreDesk desk = desks.get(errand.map());
    if (desk != null) {
      desk.run(shard, errand, returned);
    }
  }

  /**
   * Blocks until the stores have all writes to the shards that this node serves, or it takes too
   * long; then it is said how many they do not have.
   */
  void settle(Duration within) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    settled = done;
    try {
      if (marks() > 0) {
        done.get(within.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("A node stops with writes that its stores do not have: writes={}", marks());
    }
  }

  private long marks() {
    return policies.all().stream().mapToLong(row -> row.tally().marks()).sum();
  }

  private void tick() {
    try {
      desks.values().forEach(StoreDesk::tick);
      CompletableFuture<Void> waiting = settled;
      if (waiting != null && marks() == 0) {
        waiting.complete(null);
      }
    } catch (RuntimeException e) {
      LOG.error("What waits for a store could not be looked at, a bug", e);
    }
  }

  @Override
  public List<StoreReport> reports() {
    long wallMillis = System.currentTimeMillis();
    return desks.values().stream().map(desk -> desk.report(wallMillis)).toList();
  }

  /** What can be seen of them; does not block. */
  List<StoreSight> sights() {
    long wallMillis = System.currentTimeMillis();
    return desks.values().stream()
        .limit(StoreSight.STORES_MAX)
        .map(desk -> desk.sight(wallMillis))
        .toList();
  }

  @Override
  public boolean refill(String map) {
    StoreDesk desk = desks.get(map);
    if (desk != null) {
      desk.refill();
    }
    return desk != null;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    pool.shutdown();
    for (StoreBinding<?, ?> binding : bindings) {
      try {
        binding.loader().close();
      } catch (Exception e) {
        LOG.warn("A store did not close: map={}, cause={}", binding.map(), String.valueOf(e));
      }
    }
  }
}
