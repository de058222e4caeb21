package io.shardgrid.failure;

/** A write found the node's memory limit met; nothing was changed. */
public final class GridMemoryExceededException extends GridException {

  private static final long serialVersionUID = 1L;

  public GridMemoryExceededException(String message) {
    super(message);
  }

  public GridMemoryExceededException(String message, Throwable cause) {
    super(message, cause);
  }
}
