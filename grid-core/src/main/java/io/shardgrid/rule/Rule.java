package io.shardgrid.rule;

import java.util.Optional;

/**
 * A module under the name that callers know it by, with the record of its failures. Thread-safe.
 * Loading a name anew makes a new rule; calls that have begun end with the one they began with.
 */
public final class Rule {

  private final String name;
  private final CompiledRule compiled;
  private final Quarantine quarantine;

  Rule(String name, CompiledRule compiled) {
    this.name = name;
    this.compiled = compiled;
    RuleSettings settings = compiled.settings();
    this.quarantine = new Quarantine(settings.quarantineFailures(), settings.quarantineCalls());
  }

  /** Under which it was loaded. */
  public String name() {
    return name;
  }

  /** Its module, whose hash names its content. */
  public RuleModule module() {
    return compiled.module();
  }

  /** What carries it out: the interpreter as well where the compiler cannot take the module. */
  public RuleEngineKind engine() {
    return compiled.engine();
  }

  /** Why it is not called any more; empty if it is. */
  public Optional<String> quarantined() {
    return quarantine.reason();
  }

  /** Lets it be called again. */
  public void release() {
    quarantine.release();
  }

  CompiledRule compiled() {
    return compiled;
  }

  RuleSettings settings() {
    return compiled.settings();
  }

  Quarantine quarantine() {
    return quarantine;
  }

  @Override
  public String toString() {
    return "Rule[" + name + ", " + module().hash() + "]";
  }
}
