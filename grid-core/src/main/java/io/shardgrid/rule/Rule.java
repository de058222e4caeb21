package io.shardgrid.rule;

import java.util.List;
import java.util.Optional;

/**
 * A module under the name that callers know it by, with the record of its failures. Thread-safe.
 * Loading a name anew makes a new rule; calls that have begun end with the one they began with.
 */
public final class Rule {

  private static final int SOME_FUNCTIONS = 8;

  private final String name;
  private final CompiledRule compiled;
  private final Quarantine quarantine;
  private final int functions;
  private final List<String> someFunctions;

  Rule(String name, CompiledRule compiled) {
    this.name = name;
    this.compiled = compiled;
    RuleSettings settings = compiled.settings();
    this.quarantine = new Quarantine(settings.quarantineFailures(), settings.quarantineCalls());
    List<String> callable =
        compiled.module().functions().stream()
            .filter(RuleFunction::isCallable)
            .map(RuleFunction::name)
            .toList();
    this.functions = callable.size();
    this.someFunctions = callable.stream().limit(SOME_FUNCTIONS).map(RuleText::shortened).toList();
  }

  /** Under which it was loaded. */
  public String name() {
    return name;
  }

  /** Its module, whose hash names its content. */
  public RuleModule module() {
    return compiled.module();
  }

  /** How many functions can be called. */
  public int functions() {
    return functions;
  }

  /** The names of the first eight of them at most, shortened. */
  public List<String> someFunctions() {
    return someFunctions;
  }

  /** Calls that have ended since it was loaded here. */
  public long calls() {
    return quarantine.calls();
  }

  /** Those of them that trapped or met a limit. */
  public long failures() {
    return quarantine.failures();
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
