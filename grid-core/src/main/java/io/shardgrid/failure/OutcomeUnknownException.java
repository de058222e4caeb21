package io.shardgrid.failure;

/** The deadline passed after the operation was sent: it may or may not have been carried out. */
public final class OutcomeUnknownException extends GridException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message) {
    super(message);
  }

  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
