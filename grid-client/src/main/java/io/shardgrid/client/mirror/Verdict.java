package io.shardgrid.client.mirror;

import java.util.List;

/**
 * What to do with the canary, and why. Immutable.
 *
 * @param reasons each with its numbers; the gravest first
 */
public record Verdict(Decision decision, List<String> reasons) {

  /** What to do. */
  public enum Decision {
    /** The canary has been shown to answer as production does. */
    PROMOTE,
    /** Nothing speaks against it for certain, and it has not been shown: go on comparing. */
    HOLD,
    /** The canary answers wrongly, fails or is slow, beyond chance. */
    ROLL_BACK
  }

  public Verdict {
    reasons = List.copyOf(reasons);
  }
}
