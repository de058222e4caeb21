package io.shardgrid.failure;

/** No quorum, no placement, or the grid is closed: nothing can be carried out now. */
public final class GridUnavailableException extends GridException {

  private static final long serialVersionUID = 1L;

  public GridUnavailableException(String message) {
    super(message);
  }

  public GridUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
