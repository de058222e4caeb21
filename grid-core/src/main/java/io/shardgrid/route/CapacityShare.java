package io.shardgrid.route;

/**
 * What one shard has taken of its router's {@link Capacity}: nothing as long as it has little
 * unresolved, so that an operation that is answered at once touches nothing that other threads do.
 *
 * <p>Confined to whoever holds the router's lock of the shard.
 */
final class CapacityShare {

  /** What every shard may have beside the capacity. */
  static final int OPERATIONS_FREE = 16;

  static final int BYTES_FREE = 16 << 10;

  private final Capacity capacity;
  private long operations;
  private long bytes;

  CapacityShare(Capacity capacity) {
    this.capacity = capacity;
  }

  /** Whether the shard may have so much unresolved; takes more if need be. */
  boolean covers(long operationsWanted, long bytesWanted) {
    long moreOperations = operationsWanted - OPERATIONS_FREE - operations;
    long moreBytes = bytesWanted - BYTES_FREE - bytes;
    return (moreOperations <= 0 && moreBytes <= 0)
        || take(
            steps(moreOperations, capacity.operationsStep()),
            steps(moreBytes, capacity.bytesStep()));
  }

  private boolean take(long moreOperations, long moreBytes) {
    if (!capacity.take(moreOperations, moreBytes)) {
      return false;
    }
    operations += moreOperations;
    bytes += moreBytes;
    return true;
  }

  private static long steps(long more, long step) {
    return more <= 0 ? 0 : (more + step - 1) / step * step;
  }

  /** The shard has only so much unresolved any more: gives back what is far above. */
  void shrink(long operationsLeft, long bytesLeft) {
    if (operations == 0 && bytes == 0) {
      return;
    }
    long lessOperations =
        surplus(operations, operationsLeft - OPERATIONS_FREE, capacity.operationsStep());
    long lessBytes = surplus(bytes, bytesLeft - BYTES_FREE, capacity.bytesStep());
    if (lessOperations > 0 || lessBytes > 0) {
      operations -= lessOperations;
      bytes -= lessBytes;
      capacity.give(lessOperations, lessBytes);
    }
  }

  /** All of it when nothing is needed; else what is more than a step above the need. */
  private static long surplus(long taken, long needed, long step) {
    long kept = needed <= 0 ? 0 : steps(needed, step) + step;
    return Math.max(0, taken - kept);
  }
}
