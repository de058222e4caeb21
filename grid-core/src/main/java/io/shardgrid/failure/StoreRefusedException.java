package io.shardgrid.failure;

/**
 * A map's store refused a write for good, as one that breaks a constraint; the message has the
 * store's reason. The entry is taken out of the grid again, unless it was written anew.
 */
public final class StoreRefusedException extends GridException {

  private static final long serialVersionUID = 1L;

  public StoreRefusedException(String message) {
    super(message);
  }
}
