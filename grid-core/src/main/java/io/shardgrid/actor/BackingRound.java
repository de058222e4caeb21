package io.shardgrid.actor;

import io.shardgrid.sight.CountRates;
import io.shardgrid.sight.RuleSight;
import io.shardgrid.sight.StoreSight;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes what a node sees of the stores behind its maps and of its rules, with rates since the round
 * before. Confined to the observer.
 */
final class BackingRound {

  private final Supplier<List<StoreSight>> stores;
  private final Supplier<List<RuleSight>> rules;
  private final CountRates queries;
  private final CountRates calls;

  /**
   * Asks these, which do not block.
   *
   * @param nowNanos when the first round may begin
   */
  BackingRound(Supplier<List<StoreSight>> stores, Supplier<List<RuleSight>> rules, long nowNanos) {
    this.stores = stores;
    this.rules = rules;
    this.queries = new CountRates(nowNanos);
    this.calls = new CountRates(nowNanos);
  }

  /** Looks. */
  Found look(long nowNanos) {
    queries.begin(nowNanos);
    calls.begin(nowNanos);
    return new Found(
        stores.get().stream()
            .limit(StoreSight.STORES_MAX)
            .map(one -> one.at(queries.perSecond(one.map(), one.counts().queries())))
            .toList(),
        rules.get().stream()
            .limit(RuleSight.RULES_MAX)
            .map(one -> one.at(calls.perSecond(one.name(), one.calls())))
            .toList());
  }

  /** What was found. */
  record Found(List<StoreSight> stores, List<RuleSight> rules) {}
}
