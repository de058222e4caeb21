package io.shardgrid.client.mirror;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mismatch that may be nothing but a race: it counts when both sides, read again, still differ.
 * Immutable.
 *
 * @param kinds what differed
 * @param injected the mismatch that the self-test has made; null for a real one
 * @param before the last versions of the key when it was seen
 * @param tries looks that said nothing
 * @param dueNanos when to look again
 * @param last why the last look said nothing
 */
record Suspicion(
    Comparison comparison,
    Set<Mismatch> kinds,
    @Nullable Mismatch injected,
    @Nullable VersionPair before,
    int tries,
    long dueNanos,
    Inconclusive last) {

  Suspicion again(long due, Inconclusive reason) {
    return new Suspicion(comparison, kinds, injected, before, tries + 1, due, reason);
  }

  KeyRef key() {
    return comparison.key();
  }
}
