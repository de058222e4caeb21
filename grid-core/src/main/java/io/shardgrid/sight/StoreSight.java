package io.shardgrid.sight;

/**
 * What a node sees of the store behind a map. Immutable. What is counted is counted since the node
 * was started.
 *
 * @param writes when writes reach the store
 * @param delayMillis how long a write waits at least
 * @param breaker whether loads are let through
 * @param openings how often they were not
 * @param behind writes that the store does not have
 * @param calls what it has in hand, and what waits for that
 * @param counts what became of loads and writes
 * @param pool connections of its own; 0 if it tells none
 * @param queriesPerSecond loads that it was handed between the last two looks
 */
public record StoreSight(
    String map,
    String writes,
    long delayMillis,
    Breaker breaker,
    long openings,
    Behind behind,
    Calls calls,
    Counts counts,
    Pool pool,
    double queriesPerSecond) {

  /** The most stores in a {@link NodeSight}. */
  public static final int STORES_MAX = 32;

  /** Whether loads are let through, the worse the later. */
  public enum Breaker {
    /** All are. */
    CLOSED,
    /** A few are, to see how the store is. */
    HALF_OPEN,
    /** None is. */
    OPEN
  }

  /**
   * Writes that the store does not have, of the shards that the node serves.
   *
   * @param oldestMillis how long the oldest of them waits; 0 if there is none
   */
  public record Behind(long keys, long bytes, long oldestMillis) {

    private Behind plus(Behind other) {
      return new Behind(
          keys + other.keys, bytes + other.bytes, Math.max(oldestMillis, other.oldestMillis));
    }
  }

  /**
   * What the store has in hand, and what waits.
   *
   * @param waiting operations that wait for the store
   * @param batches of writes
   */
  public record Calls(long waiting, int loads, int loadsQueued, int batches, int batchesQueued) {

    private Calls plus(Calls other) {
      return new Calls(
          waiting + other.waiting,
          loads + other.loads,
          loadsQueued + other.loadsQueued,
          batches + other.batches,
          batchesQueued + other.batchesQueued);
    }
  }

  /**
   * What became of loads and writes.
   *
   * @param queries loads that the store was handed
   * @param loadFailures loads that failed or were refused
   * @param joined reads and writes that waited for a load which was under way already
   * @param knownAbsent answers of absence that were known from a load before
   * @param filtered answers of absence that the filter gave
   * @param stored writes that the store has taken
   * @param storeFailures batches that failed and are tried again
   * @param refused writes that it refused for good
   */
  public record Counts(
      long queries,
      long loadFailures,
      long joined,
      long knownAbsent,
      long filtered,
      long stored,
      long storeFailures,
      long refused) {

    /** Loads and batches that failed. */
    public long failures() {
      return loadFailures + storeFailures;
    }

    private Counts plus(Counts other) {
      return new Counts(
          queries + other.queries,
          loadFailures + other.loadFailures,
          joined + other.joined,
          knownAbsent + other.knownAbsent,
          filtered + other.filtered,
          stored + other.stored,
          storeFailures + other.storeFailures,
          refused + other.refused);
    }
  }

  /** Connections in use, and all of them. */
  public record Pool(long active, long total) {

    private Pool plus(Pool other) {
      return new Pool(active + other.active, total + other.total);
    }
  }

  /** Both together: sums, the oldest write, and the breaker that is worse. */
  public StoreSight plus(StoreSight other) {
    return new StoreSight(
        map,
        writes,
        delayMillis,
        breaker.compareTo(other.breaker) < 0 ? other.breaker : breaker,
        openings + other.openings,
        behind.plus(other.behind),
        calls.plus(other.calls),
        counts.plus(other.counts),
        pool.plus(other.pool),
        queriesPerSecond + other.queriesPerSecond);
  }

  /** The same with this rate. */
  public StoreSight at(double perSecond) {
    return new StoreSight(
        map, writes, delayMillis, breaker, openings, behind, calls, counts, pool, perSecond);
  }
}
