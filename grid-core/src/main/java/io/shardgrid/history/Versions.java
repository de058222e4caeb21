package io.shardgrid.history;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions that the last write of a key may have had. Immutable.
 *
 * <p>Either exactly one, or every number from the least on but a few. Nothing else can arise: a
 * version that is not told lies somewhere above the one before, and that one may as well have been
 * its least, for nothing more will be heard of it.
 *
 * @param without numbers above the least that are ruled out, ascending; O(their number) a question,
 *     and there are hardly ever any
 */
record Versions(long least, boolean isExact, List<Long> without) {

  /** Exactly this one. */
  static Versions exactly(long version) {
    return new Versions(version, true, List.of());
  }

  /** This one or a higher one. */
  static Versions atLeast(long version) {
    return new Versions(version, false, List.of());
  }

  boolean contains(long version) {
    return isExact ? version == least : version >= least && !without.contains(version);
  }

  /** This very version; null if it cannot be. */
  @Nullable Versions where(long version) {
    return contains(version) ? exactly(version) : null;
  }

  /** All but this version; null if none is left. */
  @Nullable Versions whereNot(long version) {
    if (!contains(version)) {
      return this;
    }
    if (isExact) {
      return null;
    }
    List<Long> gaps =
        Stream.concat(without.stream(), Stream.of(version)).sorted().distinct().toList();
    long from = least;
    while (gaps.contains(from)) {
      from++;
    }
    long first = from;
    return new Versions(first, false, gaps.stream().filter(gap -> gap > first).toList());
  }

  /** Those of a next write whose version is not told. */
  Versions next() {
    return atLeast(least + 1);
  }

  /** Those of a next write that has this version; null if it cannot have it. */
  @Nullable Versions next(long version) {
    return version > least ? exactly(version) : null;
  }

  /** Whether all of the others are among these. */
  boolean covers(Versions others) {
    if (others.isExact) {
      return contains(others.least);
    }
    return !isExact && others.least >= least && without.stream().noneMatch(others::contains);
  }

  @Override
  public String toString() {
    String gaps = without.isEmpty() ? "" : " but " + without;
    return isExact ? "v" + least : "v" + least + " or later" + gaps;
  }
}
