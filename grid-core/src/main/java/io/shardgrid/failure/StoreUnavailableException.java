package io.shardgrid.failure;

/**
 * A map's store is down, stalls, or has more to do than it may; what is in the grid is served.
 * Nothing was done: try again later, or look at the store. The message says which and why.
 */
public final class StoreUnavailableException extends GridException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message) {
    super(message);
  }
}
