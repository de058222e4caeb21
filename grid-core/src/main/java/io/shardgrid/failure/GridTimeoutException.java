package io.shardgrid.failure;

/** The deadline passed and the operation was never carried out: it is safe to try it again. */
public final class GridTimeoutException extends GridException {

  private static final long serialVersionUID = 1L;

  public GridTimeoutException(String message) {
    super(message);
  }

  public GridTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
