package io.shardgrid.failure;

/** The last copy of a shard is gone; it answers nothing until an operator accepts the loss. */
public final class ShardLostException extends GridException {

  private static final long serialVersionUID = 1L;

  public ShardLostException(String message) {
    super(message);
  }

  public ShardLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
