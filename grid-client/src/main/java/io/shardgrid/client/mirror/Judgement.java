package io.shardgrid.client.mirror;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What came of comparing two answers. Immutable.
 *
 * @param compared what could be compared
 * @param mismatches what of it differs
 */
record Judgement(Set<Mismatch> compared, Set<Mismatch> mismatches) {

  Judgement {
    compared = Collections.unmodifiableSet(copy(compared));
    mismatches = Collections.unmodifiableSet(copy(mismatches));
  }

  private static EnumSet<Mismatch> copy(Set<Mismatch> kinds) {
    EnumSet<Mismatch> copy = EnumSet.noneOf(Mismatch.class);
    copy.addAll(kinds);
    return copy;
  }

  boolean isEqual() {
    return mismatches.isEmpty();
  }
}
