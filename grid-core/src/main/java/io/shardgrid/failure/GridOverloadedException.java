package io.shardgrid.failure;

/** A bound on waiting operations was met; nothing was done: slow down and try again. */
public final class GridOverloadedException extends GridException {

  private static final long serialVersionUID = 1L;

  public GridOverloadedException(String message) {
    super(message);
  }

  public GridOverloadedException(String message, Throwable cause) {
    super(message, cause);
  }
}
