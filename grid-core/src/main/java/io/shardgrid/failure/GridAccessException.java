package io.shardgrid.failure;

/**
 * The grid does not know the caller, or does not let it do this: another user, password or role is
 * needed. Not retried.
 */
public final class GridAccessException extends GridException {

  private static final long serialVersionUID = 1L;

  public GridAccessException(String message) {
    super(message);
  }

  public GridAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
