package io.shardgrid.client.mirror;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes known mismatches, all the time, and demands that they are found: what cannot find any says
 * nothing when it finds none. Confined to whoever holds it.
 *
 * <p>A share of the comparisons is judged once more with an altered copy of the canary's answer,
 * one kind of mismatch after the other, and goes the whole way of a real one: comparator, second
 * look with the same alteration, count. What it finds is counted here alone.
 */
final class SelfTest {

  private static final Mismatch[] KINDS = Mismatch.values();

  private final double share;
  private final long toleranceMillis;
  private final Map<Mismatch, Count> counts = new EnumMap<>(Mismatch.class);
  private double credit;

  /** How far one kind has come. */
  private static final class Count {
    private long injected;
    private long reported;
    private long missed;
  }

  /** A known mismatch. */
  record Injection(Mismatch kind, SideReply altered) {}

  /**
   * None so far.
   *
   * @param share of the comparisons, 0 to 1
   */
  SelfTest(double share, long toleranceMillis) {
    this.share = share;
    this.toleranceMillis = toleranceMillis;
    for (Mismatch kind : KINDS) {
      counts.put(kind, new Count());
    }
  }

  /** What is to be judged beside this comparison, which found no mismatch; null for nothing. */
  @Nullable Injection inject(Comparison comparison, @Nullable VersionPair before) {
    credit = Math.min(1, credit + share);
    if (credit < 1) {
      return null;
    }
    Injection chosen = null;
    for (Mismatch kind : KINDS) {
      boolean isComparable = kind != Mismatch.TTL || comparison.production().version() > 0;
      boolean isSeldom = chosen == null || count(kind).injected < count(chosen.kind()).injected;
      SideReply altered =
          isComparable && isSeldom
              ? new Alteration(kind, toleranceMillis).of(comparison.canary(), before)
              : null;
      if (altered != null) {
        chosen = new Injection(kind, altered);
      }
    }
    if (chosen != null) {
      credit = 0;
      count(chosen.kind()).injected++;
    }
    return chosen;
  }

  /** The canary's answer at a second look with the same mismatch; null if it cannot have it now. */
  @Nullable SideReply again(Mismatch kind, SideReply canary, @Nullable VersionPair before) {
    return new Alteration(kind, toleranceMillis).of(canary, before);
  }

  void reported(Mismatch kind) {
    count(kind).reported++;
  }

  void missed(Mismatch kind) {
    count(kind).missed++;
  }

  /** It could not be looked at again: it does not count. */
  void withdrawn(Mismatch kind) {
    count(kind).injected--;
  }

  SelfTestReport report(boolean isLatencySeen, long least) {
    Map<Mismatch, SelfTestReport.Kind> kinds = new EnumMap<>(Mismatch.class);
    counts.forEach(
        (kind, count) ->
            kinds.put(kind, new SelfTestReport.Kind(count.injected, count.reported, count.missed)));
    return new SelfTestReport(kinds, isLatencySeen, least);
  }

  private Count count(Mismatch kind) {
    return counts.computeIfAbsent(kind, any -> new Count());
  }
}
