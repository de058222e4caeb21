package io.shardgrid.client.mirror;

/** In what the canary's answer can differ from production's. */
public enum Mismatch {
  /** One has an entry and the other has none, and it was not about to expire. */
  PRESENCE,
  /** Both have an entry, with different bytes. */
  VALUE,
  /** The entries' times to live differ by more than the tolerance, or only one has any. */
  TTL,
  /**
   * Production's entry was written anew since the last answers of this key, and the canary's was
   * not; or the canary's version fell. Versions of two clusters are never equal: only their order
   * over successive answers of one key says something.
   */
  VERSION_ORDER,
  /**
   * A write was answered differently: applied by one only, another sum, another value before. What
   * it was about is over by then, so this one alone cannot be looked at again.
   */
  RESULT,
  /** One has failed, or both have for different reasons. */
  ERROR_CLASS
}
