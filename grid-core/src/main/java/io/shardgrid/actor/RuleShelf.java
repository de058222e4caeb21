package io.shardgrid.actor;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.EntryView;
import io.shardgrid.rule.Rule;
import io.shardgrid.rule.RuleEngine;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.rule.RuleList;
import io.shardgrid.rule.RuleModule;
import io.shardgrid.rule.RuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that this node has ready, kept up with the cluster's list, and the way to change that.
 * Thread-safe; nothing here blocks.
 *
 * <p>List and modules are entries of a map of the grid's own: so they are replicated, move and are
 * backed up as all data. The list is one entry, changed by comparing its version: two who load at
 * once lose nothing. A node looks at it again and again, and swaps a rule in one step: a call runs
 * with the module that it began with.
 */
final class RuleShelf {

  private static final Logger LOG = LoggerFactory.getLogger(RuleShelf.class);
  private static final String LIST = "list";
  private static final String MODULE = "module ";
  private static final int CHANGES_MAX = 20;

  private final RuleEngine engine;
  private final AsyncMap<String, byte[]> map;
  private final LongSupplier wallClock;
  private final int rulesMax;
  private final Map<String, Rule> ready = new ConcurrentHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable CompletableFuture<Void>> looking =
      new AtomicReference<>();
  private volatile RuleList list = RuleList.NONE;
  private volatile long version;

  /**
   * A shelf.
   *
   * @param map where the cluster keeps list and modules
   * @param wallClock milliseconds since 1970, for what is loaded here
   */
  RuleShelf(RuleEngine engine, AsyncMap<String, byte[]> map, LongSupplier wallClock, int rulesMax) {
    this.engine = engine;
    this.map = map;
    this.wallClock = wallClock;
    this.rulesMax = rulesMax;
  }

  /** The rule of this name if it is ready here. */
  @Nullable Rule known(String name) {
    return ready.get(name);
  }

  /** The rule of this name, after another look at the list; fails if there is none. */
  CompletionStage<Rule> find(String name) {
    return look()
        .thenApply(
            done -> {
              Rule rule = ready.get(name);
              if (rule == null) {
                throw missing(name);
              }
              return rule;
            });
  }

  private GridException missing(String name) {
    String problem = problems.get(name);
    return problem != null
        ? new GridUnavailableException("A rule is not ready: rule=" + name + ", cause=" + problem)
        : new InvalidRuleException(
            "There is no such rule; load it first: rule=" + name + ", known=[" + list + "]");
  }

  /** Looks at the list, and makes ready what is new. Those who ask meanwhile share one look. */
  CompletionStage<Void> look() {
    CompletableFuture<Void> own = new CompletableFuture<>();
    CompletableFuture<Void> under = looking.compareAndExchange(null, own);
    if (under != null) {
      return under;
    }
    map.getEntry(LIST)
        .thenCompose(this::follow)
        .whenComplete(
            (done, failure) -> {
              looking.set(null);
              if (failure == null) {
                own.complete(null);
              } else {
                own.completeExceptionally(failure);
              }
            });
    return own;
  }

  private CompletionStage<Void> follow(Optional<EntryView<String, byte[]>> found) {
    long current = found.map(EntryView::version).orElse(0L);
    if (current == version && problems.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    RuleList next = found.map(entry -> RuleList.of(entry.value())).orElse(RuleList.NONE);
    List<CompletionStage<?>> all = new ArrayList<>();
    for (RuleEntry entry : next.entries()) {
      all.add(follow(entry));
    }
    return CompletableFuture.allOf(
            all.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .thenRun(() -> took(next, current));
  }

  private void took(RuleList next, long current) {
    ready.keySet().removeIf(name -> next.find(name).isEmpty());
    problems.keySet().removeIf(name -> next.find(name).isEmpty());
    list = next;
    version = current;
  }

  private CompletionStage<?> follow(RuleEntry entry) {
    Rule known = ready.get(entry.name());
    if (known != null && known.module().hash().equals(entry.hash())) {
      boolean isReleased =
          list.find(entry.name())
              .map(before -> before.releasedAtMillis() < entry.releasedAtMillis())
              .orElse(false);
      if (isReleased) {
        known.release();
      }
      return CompletableFuture.completedStage(null);
    }
    return map.get(MODULE + entry.hash())
        .thenCompose(
            module ->
                engine.load(
                    entry.name(),
                    module.orElseThrow(
                        () -> new GridUnavailableException("its module is not there"))))
        .handle((rule, failure) -> made(entry, rule, failure));
  }

  private @Nullable Void made(RuleEntry entry, @Nullable Rule rule, @Nullable Throwable failure) {
    if (rule != null) {
      ready.put(entry.name(), rule);
      problems.remove(entry.name());
      LOG.info("A rule is ready: rule={}, module={}", entry.name(), entry.hash());
      return null;
    }
    Throwable cause = causeOf(failure);
    String reason = cause == null ? "" : String.valueOf(cause.getMessage());
    ready.remove(entry.name());
    if (!reason.equals(problems.put(entry.name(), reason))) {
      LOG.warn(
          "A rule cannot be made ready: rule={}, module={}, cause={}",
          entry.name(),
          entry.hash(),
          reason);
    }
    return null;
  }

  /** What a stage has failed with; null if it has not. */
  static @Nullable Throwable causeOf(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Checks a module, keeps it, and has all nodes call it by this name. */
  CompletionStage<RuleView> load(String name, byte[] module) {
    RuleEntry.requireName(name);
    String hash = RuleModule.hashOf(module);
    return engine
        .load(name, module)
        .thenCompose(rule -> map.put(MODULE + hash, module))
        .thenCompose(
            done ->
                change(
                    before -> {
                      if (before.find(name).isEmpty() && before.size() >= rulesMax) {
                        throw new InvalidRuleException(
                            "There are as many rules as may be: max=" + rulesMax);
                      }
                      return before.with(
                          new RuleEntry(name, hash, module.length, wallClock.getAsLong(), 0));
                    },
                    CHANGES_MAX))
        .thenCompose(done -> look())
        .thenApply(done -> view(name));
  }

  /** Nobody can call it any more; whether there was one. */
  CompletionStage<Boolean> drop(String name) {
    return change(before -> before.without(name), CHANGES_MAX)
        .thenCompose(
            before -> {
              Optional<RuleEntry> gone = before.find(name);
              boolean isLast =
                  gone.isPresent() && !before.without(name).has(gone.orElseThrow().hash());
              CompletionStage<?> removed =
                  isLast
                      ? map.remove(MODULE + gone.orElseThrow().hash())
                      : CompletableFuture.completedStage(null);
              return removed.thenCompose(done -> look()).thenApply(done -> gone.isPresent());
            });
  }

  /** All nodes call it again though it has failed too often; whether there is one. */
  CompletionStage<Boolean> release(String name) {
    return change(
            before ->
                before
                    .find(name)
                    .map(entry -> before.with(entry.releasedAt(wallClock.getAsLong())))
                    .orElse(before),
            CHANGES_MAX)
        .thenCompose(before -> look().thenApply(done -> before.find(name).isPresent()));
  }

  /** All rules, as they are on this node, after a look at the list. */
  CompletionStage<List<RuleView>> views() {
    return look()
        .thenApply(done -> list.entries().stream().map(entry -> view(entry.name())).toList());
  }

  private RuleView view(String name) {
    RuleEntry entry = list.find(name).orElseThrow(() -> missing(name));
    Rule rule = ready.get(name);
    return rule != null
        ? RuleView.of(entry, rule)
        : RuleView.missing(entry, problems.getOrDefault(name, "it is being made ready"));
  }

  /** Changes the list in one step; the one before. */
  private CompletionStage<RuleList> change(UnaryOperator<RuleList> to, int triesLeft) {
    return map.getEntry(LIST)
        .thenCompose(
            found -> {
              RuleList before =
                  found.map(entry -> RuleList.of(entry.value())).orElse(RuleList.NONE);
              RuleList after = to.apply(before);
              if (after.equals(before)) {
                return CompletableFuture.completedStage(before);
              }
              CompletionStage<Boolean> written =
                  found.isPresent()
                      ? map.replaceVersion(LIST, found.get().version(), after.toBytes())
                      : map.putIfAbsent(LIST, after.toBytes());
              return written.thenCompose(
                  isDone -> {
                    if (isDone) {
                      return CompletableFuture.completedStage(before);
                    }
                    if (triesLeft == 0) {
                      throw new GridUnavailableException(
                          "The list of rules was changed by others again and again; try again");
                    }
                    return change(to, triesLeft - 1);
                  });
            });
  }
}
