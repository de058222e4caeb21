package io.shardgrid.loader;

/**
 * How a map and the store behind it go together: the same on every node. Immutable.
 *
 * @param map name of the map
 * @param writes when writes reach the store
 * @param queue what waits for the store
 * @param freshness how long what was loaded is good
 * @param absence what is known of keys that the store does not have
 */
public record StorePolicy(
    String map, WriteMode writes, Queue queue, Freshness freshness, Absence absence) {

  /**
   * Bounds and times of what waits for the store, for each shard.
   *
   * @param delayMillis how long a write waits at least, so that others to the same key join it
   * @param batchMax writes that are handed over together
   * @param marksMax keys whose last write the store does not have; further writes are refused
   * @param markBytesMax bytes of their values
   * @param confirmNanos how long an answer waits for the store, which then is not confirmed
   * @param fenceNanos how long a call that was given up, or whose node crashed, may still take
   *     effect: so long no removal is handed over behind one
   * @param waitingMax operations that wait for the store
   * @param waitingBytesMax bytes of these operations
   */
  public record Queue(
      long delayMillis,
      int batchMax,
      int marksMax,
      long markBytesMax,
      long confirmNanos,
      long fenceNanos,
      int waitingMax,
      long waitingBytesMax) {}

  /**
   * How long what was loaded is good.
   *
   * @param ttlMillis until it is loaded anew; 0 for ever
   * @param jitter share of the ttl, 0 to 1, by which it is shortened at random
   * @param staleMillis how long it is still shown after that, while it is loaded anew
   * @param aheadMillis how long before the end of its ttl a read has it loaded anew
   */
  public record Freshness(long ttlMillis, double jitter, long staleMillis, long aheadMillis) {

    /** What was loaded is good for ever. */
    public static final Freshness FOR_EVER = new Freshness(0, 0, 0, 0);

    /**
     * The deadline of an entry that is loaded now; 0 for none.
     *
     * @param chance evenly distributed over all numbers
     */
    public long deadlineMillis(long wallMillis, long chance) {
      if (ttlMillis == 0) {
        return 0;
      }
      double share = (chance >>> 11) * 0x1.0p-53;
      long shortened = Math.max(1, ttlMillis - (long) (ttlMillis * jitter * share));
      return wallMillis + shortened + staleMillis;
    }

    /** Whether an entry with this deadline is to be loaded anew if somebody reads it now. */
    public boolean isToBeRefreshed(long deadlineMillis, long wallMillis) {
      return ttlMillis != 0
          && (staleMillis | aheadMillis) != 0
          && deadlineMillis != 0
          && wallMillis >= deadlineMillis - staleMillis - aheadMillis;
    }
  }

  /**
   * What is known of keys that the store does not have.
   *
   * @param ttlNanos how long the word of the store is believed; 0: not at all
   * @param keysMax keys of a shard of which it is known
   * @param filterKeys keys of the map for which each shard's filter has room; 0 for no filter
   */
  public record Absence(long ttlNanos, int keysMax, long filterKeys) {}

  /** Whether writes reach the store. */
  public boolean isWritten() {
    return writes != WriteMode.OFF;
  }
}
