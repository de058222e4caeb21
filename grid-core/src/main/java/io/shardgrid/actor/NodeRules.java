package io.shardgrid.actor;

import io.shardgrid.map.Codecs;
import io.shardgrid.meter.RuleFigures;
import io.shardgrid.route.RoutedMap;
import io.shardgrid.route.Router;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.rule.RuleEngine;
import io.shardgrid.rule.RuleSettings;
import io.shardgrid.rule.RuleView;
import io.shardgrid.sight.RuleSight;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The rules of a node, in all its incarnations: what runs them, what is known of the cluster's
 * list, and a thread that keeps that up. Thread-safe.
 */
final class NodeRules implements RuleBook, AutoCloseable {

  /** The map in which the cluster keeps its rules. */
  static final String MAP = "grid.rules";

  private final RuleEngine engine;
  private final RuleShelf shelf;
  private final RuleDesk desk;
  private final ScheduledExecutorService thread;

  private NodeRules(RuleSettings settings, Router router) {
    this.engine = RuleEngine.start(settings);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread one = new Thread(task, "grid-rules");
              one.setDaemon(true);
              return one;
            });
    this.shelf =
        new RuleShelf(
            engine,
            new RuleStore(
                new RoutedMap<>(MAP, Codecs.string(), Codecs.bytes(), router, thread),
                System::currentTimeMillis,
                settings.modulesMax()));
    this.desk = new RuleDesk(engine, shelf);
  }

  /** Begins to look at the list. */
  static NodeRules start(RuleSettings settings, Router router) {
    NodeRules rules = new NodeRules(settings, router);
    if (settings.enabled() && RuleEngine.isAvailable()) {
      long millis = settings.refresh().toMillis();
      rules.thread.scheduleWithFixedDelay(rules.shelf::look, millis, millis, TimeUnit.MILLISECONDS);
    }
    return rules;
  }

  /** What shards ask. */
  RuleRunner runner() {
    return desk;
  }

  /** What they have done so far. */
  RuleFigures figures() {
    return engine.figures();
  }

  /** The rules as they are on this node, without a look at the list; does not block. */
  List<RuleSight> sights() {
    return shelf.sights();
  }

  @Override
  public CompletionStage<RuleView> load(String name, byte[] module) {
    return shelf.load(name, module);
  }

  @Override
  public CompletionStage<Boolean> drop(String name) {
    return shelf.drop(name);
  }

  @Override
  public CompletionStage<Boolean> release(String name) {
    return shelf.release(name);
  }

  @Override
  public CompletionStage<List<RuleView>> list() {
    return shelf.views();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    engine.close();
  }
}
