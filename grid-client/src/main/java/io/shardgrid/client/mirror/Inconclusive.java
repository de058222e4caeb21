package io.shardgrid.client.mirror;

/** Why a comparison says nothing. */
public enum Inconclusive {
  /** The canary may lack a write of the key. */
  OUT_OF_STEP,
  /** Writes through this mirror were under way on the key at every look. */
  OWN_WRITES,
  /** Production's entry was changed by others at every look. */
  OTHER_WRITES,
  /** A cluster did not answer, or not soon enough, when the key was looked at again. */
  UNREADABLE,
  /** The key has a mismatch already that is being looked at. */
  REPEATED,
  /** As many comparisons or mismatches wait as may. */
  TOO_MANY
}
