package io.shardgrid.rule;

import java.util.Locale;

/** What carries the instructions of rules out. */
public enum RuleEngineKind {
  /** Modules become classes of the JVM: fast, and counts no instructions. */
  COMPILER,
  /** One instruction after the other: counts them, and tells where it trapped. */
  INTERPRETER;

  /** As settings name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
