package io.shardgrid.failure;

/** Two uses of one bucket map overlapped: a bug in the grid, or a write inside an iteration. */
public final class ConcurrentShardAccessException extends GridException {

  private static final long serialVersionUID = 1L;

  public ConcurrentShardAccessException(String message) {
    super(message);
  }

  public ConcurrentShardAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
