package io.shardgrid.sight;

import java.util.List;

/**
 * What a node sees of a rule. Immutable. What is counted is counted since the node made its module
 * ready.
 *
 * @param module SHA-256 of its module, 64 hexadecimal digits
 * @param loadedAtMillis when the cluster was given it, milliseconds since 1970
 * @param standing whether the node calls it
 * @param problem why it does not; empty if it does
 * @param functions names of the first few that can be called
 * @param functionsLeftOff how many more there are
 * @param calls that ended on the node
 * @param failures those that trapped or met a limit
 * @param callsPerSecond that ended between the last two looks
 */
public record RuleSight(
    String name,
    String module,
    long loadedAtMillis,
    Standing standing,
    String problem,
    List<String> functions,
    int functionsLeftOff,
    long calls,
    long failures,
    double callsPerSecond) {

  /** The most rules in a {@link NodeSight}. */
  public static final int RULES_MAX = 64;

  /** Characters of a problem. */
  public static final int PROBLEM_LENGTH_MAX = 300;

  /** Whether a node calls a rule, the worse the later. */
  public enum Standing {
    /** It does. */
    READY,
    /** It is not ready there: it is being made so, or something is wrong with it. */
    NOT_READY,
    /** It has failed too often. */
    QUARANTINED
  }

  public RuleSight {
    functions = List.copyOf(functions);
    if (problem.length() > PROBLEM_LENGTH_MAX) {
      problem = problem.substring(0, PROBLEM_LENGTH_MAX) + "\u2026";
    }
  }

  /** The same with this rate. */
  public RuleSight at(double perSecond) {
    return new RuleSight(
        name,
        module,
        loadedAtMillis,
        standing,
        problem,
        functions,
        functionsLeftOff,
        calls,
        failures,
        perSecond);
  }
}
