package io.shardgrid.actor;

import static io.shardgrid.sight.RuleSight.Standing.NOT_READY;
import static io.shardgrid.sight.RuleSight.Standing.QUARANTINED;
import static io.shardgrid.sight.RuleSight.Standing.READY;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.rule.Rule;
import io.shardgrid.rule.RuleEngine;
import io.shardgrid.rule.RuleEntry;
import io.shardgrid.rule.RuleList;
import io.shardgrid.rule.RuleView;
import io.shardgrid.sight.RuleSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that this node has ready, kept up with the cluster's list. Thread-safe; nothing here
 * blocks.
 *
 * <p>A node looks at the list again and again, and swaps a rule in one step: a call runs with the
 * module that it began with.
 */
final class RuleShelf {

  private static final Logger LOG = LoggerFactory.getLogger(RuleShelf.class);

  private final RuleEngine engine;
  private final RuleStore store;
  private final Map<String, Rule> ready = new ConcurrentHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable CompletableFuture<Void>> looking =
      new AtomicReference<>();
  private volatile RuleList list = RuleList.NONE;
  private volatile long version;

  /**
   * A shelf.
   *
   * @param store where the cluster keeps its rules
   */
  RuleShelf(RuleEngine engine, RuleStore store) {
    this.engine = engine;
    this.store = store;
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
    store
        .read()
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

  private CompletionStage<Void> follow(RuleStore.Read read) {
    if (read.version() == version && problems.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    RuleList next = read.list();
    List<CompletionStage<?>> all = new ArrayList<>();
    for (RuleEntry entry : next.entries()) {
      all.add(follow(entry));
    }
    return CompletableFuture.allOf(
            all.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .thenRun(() -> took(read));
  }

  private void took(RuleStore.Read read) {
    RuleList next = read.list();
    ready.keySet().removeIf(name -> next.find(name).isEmpty());
    problems.keySet().removeIf(name -> next.find(name).isEmpty());
    list = next;
    version = read.version();
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
    return store
        .module(entry.hash())
        .thenCompose(module -> engine.load(entry.name(), module))
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
    return engine
        .load(name, module)
        .thenCompose(rule -> store.put(name, module))
        .thenCompose(done -> look())
        .thenApply(done -> view(name));
  }

  /** Nobody can call it any more; whether there was one. */
  CompletionStage<Boolean> drop(String name) {
    return store.remove(name).thenCompose(was -> look().thenApply(done -> was));
  }

  /** All nodes call it again though it has failed too often; whether there is one. */
  CompletionStage<Boolean> release(String name) {
    return store.release(name).thenCompose(is -> look().thenApply(done -> is));
  }

  /** All rules, as they are on this node, after a look at the list. */
  CompletionStage<List<RuleView>> views() {
    return look()
        .thenApply(done -> list.entries().stream().map(entry -> view(entry.name())).toList());
  }

  /** What can be seen of the first rules, as this node knows them now. */
  List<RuleSight> sights() {
    return list.entries().stream().limit(RuleSight.RULES_MAX).map(this::sight).toList();
  }

  private RuleSight sight(RuleEntry entry) {
    Rule rule = ready.get(entry.name());
    String quarantined = rule == null ? "" : rule.quarantined().orElse("");
    return new RuleSight(
        entry.name(),
        entry.hash(),
        entry.loadedAtMillis(),
        rule == null ? NOT_READY : quarantined.isEmpty() ? READY : QUARANTINED,
        rule == null ? problem(entry.name()) : quarantined,
        rule == null ? List.of() : rule.someFunctions(),
        rule == null ? 0 : rule.functions() - rule.someFunctions().size(),
        rule == null ? 0 : rule.calls(),
        rule == null ? 0 : rule.failures(),
        0);
  }

  private String problem(String name) {
    return problems.getOrDefault(name, "it is being made ready");
  }

  private RuleView view(String name) {
    RuleEntry entry = list.find(name).orElseThrow(() -> missing(name));
    Rule rule = ready.get(name);
    return rule != null ? RuleView.of(entry, rule) : RuleView.missing(entry, problem(name));
  }
}
