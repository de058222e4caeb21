package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.meter.RuleFigures;
import io.shardgrid.route.Router;
import io.shardgrid.sight.RuleSight;
import io.shardgrid.trace.TraceSwitch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The node's router and its rules, in all its incarnations: made when the first one knows its
 * cluster. Thread-safe, but for the first calls, which are made one after the other.
 */
final class NodeRoutes implements AutoCloseable {

  private final EngineSettings settings;
  private final TraceSwitch traces;
  private final NodeStores stores;
  private volatile @Nullable NodeRouter router;
  private volatile @Nullable NodeRules rules;

  /**
   * Nothing runs yet but the stores.
   *
   * @throws io.shardgrid.failure.GridConfigException if stores and settings do not fit
   */
  NodeRoutes(EngineSettings settings, TraceSwitch traces, List<StoreBinding<?, ?>> bindings) {
    this.stores = NodeStores.start(settings.store(), bindings, settings.member().shards());
    this.settings = settings;
    this.traces = traces;
  }

  /** The router, made if it is not there yet. */
  NodeRouter router(Charter charter) {
    NodeRouter known = router;
    if (known == null) {
      known = new NodeRouter(settings.route(), charter.shards(), traces);
      known.start();
      router = known;
    }
    return known;
  }

  /** The router of a node that has started. */
  Router router() {
    NodeRouter known = router;
    if (known == null) {
      throw new IllegalStateException("A node that has started has a router");
    }
    return known.router();
  }

  /** The rules of a node that has a router; made if they are not there yet. */
  NodeRules rules() {
    NodeRules known = rules;
    if (known == null) {
      known = NodeRules.start(settings.rule(), router());
      rules = known;
    }
    return known;
  }

  /** What the rules have done so far. */
  RuleFigures ruleFigures() {
    NodeRules known = rules;
    return known == null ? RuleFigures.NONE : known.figures();
  }

  /** What can be seen of the rules; none before the first incarnation has them. */
  List<RuleSight> ruleSights() {
    NodeRules known = rules;
    return known == null ? List.of() : known.sights();
  }

  /** The stores behind maps. */
  NodeStores stores() {
    return stores;
  }

  @Override
  public void close() {
    stores.close();
    NodeRules ruled = rules;
    if (ruled != null) {
      ruled.close();
    }
    NodeRouter routed = router;
    if (routed != null) {
      routed.close();
    }
  }
}
