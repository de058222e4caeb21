package io.shardgrid.failure;

/** A setting is unknown, missing or wrong; names the key, what is wanted and what was found. */
public final class GridConfigException extends GridException {

  private static final long serialVersionUID = 1L;

  public GridConfigException(String message) {
    super(message);
  }

  public GridConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
