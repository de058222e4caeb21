package io.shardgrid.failure;

/**
 * Bytes are no module that can be a rule, or a call does not fit the rule; the message says what is
 * wrong. Nothing was done, and the same bytes or call are refused again.
 */
public final class InvalidRuleException extends GridException {

  private static final long serialVersionUID = 1L;

  public InvalidRuleException(String message) {
    super(message);
  }

  public InvalidRuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
