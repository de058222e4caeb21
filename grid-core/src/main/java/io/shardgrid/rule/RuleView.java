package io.shardgrid.rule;

import java.util.List;
import java.util.Optional;

/**
 * A rule as a node shows it. Immutable.
 *
 * @param entry what the cluster knows of it
 * @param functions its functions with their types, as {@code score (i64 i32) -> (i32)}; none if it
 *     is not loaded on this node
 * @param mayChange whether a call may have an effect on the entry
 * @param engine what carries it out on this node; empty if it is not loaded there
 * @param problem why this node cannot call it: what is wrong with it, or why it is quarantined
 */
public record RuleView(
    RuleEntry entry,
    List<String> functions,
    boolean mayChange,
    Optional<RuleEngineKind> engine,
    Optional<String> problem) {

  public RuleView {
    functions = List.copyOf(functions);
  }

  /** A rule that is loaded. */
  public static RuleView of(RuleEntry entry, Rule rule) {
    return new RuleView(
        entry,
        rule.module().functions().stream()
            .filter(RuleFunction::isCallable)
            .map(function -> function.name() + " " + function.types())
            .toList(),
        rule.module().mayChange(),
        Optional.of(rule.engine()),
        rule.quarantined());
  }

  /** A rule that is not, and why. */
  public static RuleView missing(RuleEntry entry, String problem) {
    return new RuleView(entry, List.of(), true, Optional.empty(), Optional.of(problem));
  }
}
