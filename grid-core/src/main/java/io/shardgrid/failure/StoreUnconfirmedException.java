package io.shardgrid.failure;

/**
 * A write is in the grid, replicated, and its store has not confirmed it in time. It is handed over
 * again until the store takes it: do not repeat it, or only if doing it twice does no harm.
 */
public final class StoreUnconfirmedException extends GridException {

  private static final long serialVersionUID = 1L;

  public StoreUnconfirmedException(String message) {
    super(message);
  }
}
