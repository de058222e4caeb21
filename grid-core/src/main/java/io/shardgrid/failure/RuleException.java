package io.shardgrid.failure;

/**
 * A rule did not come to its end, and the entry is as it was. The message names rule, function,
 * module and, where the engine can tell, the position in the module.
 */
public final class RuleException extends GridException {

  private static final long serialVersionUID = 1L;

  /** Why a rule did not come to its end. */
  public enum Reason {
    /** An instruction cannot be carried out: the rule has a bug. The same call traps again. */
    TRAPPED,
    /** A limit was met: time, instructions, stack or memory. */
    EXHAUSTED,
    /** The rule itself said no, by {@code fail}: the message ends with its words. */
    REFUSED,
    /** The rule failed too often and is not called until it is loaded anew or released. */
    QUARANTINED
  }

  private final Reason reason;

  public RuleException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public RuleException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** As what it travels between nodes. */
  public FailureCode code() {
    return switch (reason) {
      case TRAPPED -> FailureCode.RULE_TRAPPED;
      case EXHAUSTED -> FailureCode.RULE_EXHAUSTED;
      case REFUSED -> FailureCode.RULE_REFUSED;
      case QUARANTINED -> FailureCode.RULE_QUARANTINED;
    };
  }
}
