package io.shardgrid.actor;

import io.shardgrid.loader.CircuitBreaker;
import io.shardgrid.loader.LoadGate;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StorePolicies;
import io.shardgrid.loader.StoreRefusal;
import io.shardgrid.loader.StoreReport;
import io.shardgrid.loader.StoreSettings;
import io.shardgrid.loader.StoreTally;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.PrintableBytes;
import io.shardgrid.shard.StoreErrand;
import io.shardgrid.sight.StoreSight;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the store of one map load and store, as much at once as it may. Thread-safe; the store is
 * called on threads of {@code pool}, and shards are told by these, by those of the store, and of
 * refusals by whoever asks: many a second must not take a thread each.
 */
final class StoreDesk {

  private static final Logger LOG = LoggerFactory.getLogger(StoreDesk.class);

  private final StoreBinding<?, ?> binding;
  private final StorePolicies.Row row;
  private final Executor pool;
  private final CircuitBreaker breaker;
  private final LoadGate<Asked> gate;
  private final StoreWrites writes;
  private final FilterSource source;

  /** What a shard has asked for, and who is told. */
  private record Asked(StoreErrand.Load load, Consumer<ErrandResult> returned) {}

  /** What the gate has decided, to be done when its lock is free again. */
  private final class Decided implements LoadGate.Effects<Asked> {
    private final List<Runnable> actions = new ArrayList<>();

    @Override
    public void start(LoadGate.Call<Asked> call) {
      actions.add(() -> call(call));
    }

    @Override
    public void refuse(Asked asked, LoadGate.Refusal why) {
      actions.add(() -> notLoaded(asked, reason(why)));
    }

    void carryOut() {
      actions.forEach(Runnable::run);
    }
  }

  /**
   * A desk.
   *
   * @param shards of the cluster
   * @param pool bounded by what this desk has the store do at once
   */
  StoreDesk(
      StoreBinding<?, ?> binding,
      StorePolicies.Row row,
      StoreSettings settings,
      int shards,
      Executor pool) {
    this.binding = binding;
    this.row = row;
    this.pool = pool;
    this.breaker = new CircuitBreaker(settings.breaker());
    this.gate = new LoadGate<>(settings.gate(), breaker);
    this.writes = new StoreWrites(binding, settings, pool);
    this.source = new FilterSource(binding, shards, pool);
  }

  /** Asks; never blocks. May tell a refusal before it returns. */
  void run(int shard, StoreErrand errand, Consumer<ErrandResult> returned) {
    if (errand instanceof StoreErrand.Load load) {
      decide((decided, now) -> gate.submit(new Asked(load, returned), now, decided));
    } else if (errand instanceof StoreErrand.Write write) {
      writes.submit(write, returned, System.nanoTime());
    } else if (errand instanceof StoreErrand.Fill fill) {
      source.wanted(shard, fill, returned);
    }
  }

  /** Time passes. */
  void tick() {
    decide((decided, now) -> gate.tick(now, decided));
    writes.tick(System.nanoTime());
  }

  /** Has the filters of the shards that are served here made anew. */
  void refill() {
    source.refill();
  }

  private interface Input {
    void tell(Decided decided, long nowNanos);
  }

  private void decide(Input input) {
    Decided decided = new Decided();
    synchronized (gate) {
      input.tell(decided, System.nanoTime());
    }
    decided.carryOut();
  }

  private void call(LoadGate.Call<Asked> call) {
    row.tally().count(StoreTally.Event.ASKED);
    boolean isBegun =
        execute(
            () ->
                stage(() -> binding.load(call.load().load().key()))
                    .thenApply(
                        value -> new ErrandResult.Loaded(call.load().load(), value.orElse(null)))
                    .whenComplete((loaded, failure) -> ended(call, loaded, failure)));
    if (!isBegun) {
      decide((decided, now) -> gate.ended(call, true, now, decided));
    }
  }

  private void ended(
      LoadGate.Call<Asked> call,
      ErrandResult.@Nullable Loaded loaded,
      @Nullable Throwable failure) {
    boolean[] isAwaited = new boolean[1];
    decide((decided, now) -> isAwaited[0] = gate.ended(call, failure != null, now, decided));
    Asked asked = call.load();
    if (!isAwaited[0]) {
      return;
    }
    if (loaded != null) {
      asked.returned().accept(loaded);
    } else {
      notLoaded(asked, reasonOf(failure));
    }
  }

  private static void notLoaded(Asked asked, String reason) {
    asked.returned().accept(new ErrandResult.NotLoaded(asked.load(), reason));
  }

  private String reason(LoadGate.Refusal why) {
    return switch (why) {
      case DOWN -> "the store has failed or stalled too often of late, it is asked again soon";
      case FULL -> "as many loads wait as may, grid.store.loads.queue-max";
      case QUEUED_TOO_LONG -> "it has waited too long for its turn, grid.store.loads.queue-time";
      case TIMED_OUT -> "the store takes too long, grid.store.loads.timeout";
    };
  }

  /** False if the node is closing. */
  private boolean execute(Runnable task) {
    try {
      pool.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** The stage, or one that has failed if the store throws. */
  static <T> CompletionStage<T> stage(Supplier<CompletionStage<T>> asked) {
    try {
      return asked.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  static String reasonOf(@Nullable Throwable failure) {
    Throwable cause = RuleShelf.causeOf(failure);
    return String.valueOf(cause);
  }

  /** What the store refused for good, by place. */
  static Map<Integer, String> refused(StoreErrand.Write write, List<StoreRefusal> refusals) {
    Map<Integer, String> refused = new HashMap<>();
    for (StoreRefusal one : refusals) {
      refused.put(one.index(), one.reason());
      LOG.atWarn()
          .addKeyValue("map", write.map())
          .log(
              "A store refuses a write for good; the entry is dropped: map={}, key={}, cause={}",
              write.map(),
              PrintableBytes.of(write.items().get(one.index()).key()),
              one.reason());
    }
    return refused;
  }

  /** How it is now. */
  StoreReport report(long wallMillis) {
    StoreTally tally = row.tally();
    Map<StoreTally.Event, Long> counts = new EnumMap<>(StoreTally.Event.class);
    for (StoreTally.Event event : StoreTally.Event.values()) {
      counts.put(event, tally.of(event));
    }
    long oldest = tally.oldestMillis();
    Map<String, Long> own = own();
    synchronized (gate) {
      return new StoreReport(
          binding.map(),
          row.policy().writes(),
          tally.marks(),
          tally.markBytes(),
          oldest == 0 ? 0 : Math.max(0, wallMillis - oldest),
          tally.waiting(),
          breaker.state(),
          breaker.openings(),
          gate.atOnce(),
          gate.queued(),
          writes.atOnce(),
          writes.queued(),
          counts,
          own);
    }
  }

  /** What the store tells of itself; nothing if it fails, for this is only to be looked at. */
  private Map<String, Long> own() {
    try {
      return Map.copyOf(binding.loader().figures());
    } catch (RuntimeException e) {
      LOG.debug("A store does not tell its figures: map={}", binding.map(), e);
      return Map.of();
    }
  }

  /** What can be seen of it. */
  StoreSight sight(long wallMillis) {
    StoreReport report = report(wallMillis);
    Map<StoreTally.Event, Long> counts = report.counts();
    return new StoreSight(
        report.map(),
        report.writes().name().toLowerCase(Locale.ROOT),
        row.policy().queue().delayMillis(),
        StoreSight.Breaker.valueOf(report.breaker().name()),
        report.breakerOpenings(),
        new StoreSight.Behind(report.marks(), report.markBytes(), report.oldestMarkMillis()),
        new StoreSight.Calls(
            report.waiting(),
            report.loadsAtOnce(),
            report.loadsQueued(),
            report.writesAtOnce(),
            report.writesQueued()),
        new StoreSight.Counts(
            counts.getOrDefault(StoreTally.Event.ASKED, 0L),
            counts.getOrDefault(StoreTally.Event.LOAD_FAILURES, 0L),
            counts.getOrDefault(StoreTally.Event.JOINED, 0L),
            counts.getOrDefault(StoreTally.Event.KNOWN_ABSENT, 0L),
            counts.getOrDefault(StoreTally.Event.FILTERED, 0L),
            counts.getOrDefault(StoreTally.Event.STORED, 0L),
            counts.getOrDefault(StoreTally.Event.STORE_FAILURES, 0L),
            counts.getOrDefault(StoreTally.Event.REFUSED, 0L)),
        new StoreSight.Pool(
            report.own().getOrDefault("active", 0L), report.own().getOrDefault("total", 0L)),
        0);
  }
}
