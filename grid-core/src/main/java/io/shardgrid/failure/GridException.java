package io.shardgrid.failure;

/** What every failure of the grid is below. Its message names map, shard, node and what to do. */
public abstract class GridException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GridException(String message) {
    super(message);
  }

  GridException(String message, Throwable cause) {
    super(message, cause);
  }
}
