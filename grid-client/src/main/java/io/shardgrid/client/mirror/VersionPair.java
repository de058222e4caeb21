package io.shardgrid.client.mirror;

/**
 * The versions that two answers of one operation told of a key. Immutable.
 *
 * @param number of the operation; grows in the order in which a key was asked
 */
record VersionPair(long number, long production, long canary) {

  /** Whether what came next breaks the order: production went on and the canary did not. */
  boolean isBrokenBy(long nextProduction, long nextCanary) {
    if (nextProduction < production) {
      return false;
    }
    return nextCanary < canary || (nextProduction > production && nextCanary == canary);
  }
}
