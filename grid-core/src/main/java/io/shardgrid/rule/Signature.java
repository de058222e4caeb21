package io.shardgrid.rule;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/** Parameters and results of a function. Immutable. */
record Signature(List<RuleType> parameters, List<RuleType> results) {

  /** As in WebAssembly's text, such as {@code (i32 i64) -> (i32)}. */
  @Override
  public String toString() {
    return text(parameters) + " -> " + text(results);
  }

  private static String text(List<RuleType> types) {
    return types.stream()
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .collect(joining(" ", "(", ")"));
  }

  /** Whether a rule may be called by it: integers in, and at most one out. */
  boolean isCallable() {
    return parameters.stream().allMatch(RuleType::isInteger)
        && results.size() <= 1
        && results.stream().allMatch(RuleType::isInteger);
  }
}
