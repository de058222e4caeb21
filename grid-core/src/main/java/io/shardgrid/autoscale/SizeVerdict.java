package io.shardgrid.autoscale;

/**
 * The size that there should be. Immutable.
 *
 * @param nodes the size
 * @param basis what it rests on
 * @param proposed what the metrics asked for, the present size if they were not asked
 * @param stabilized the same after a look back
 * @param limit what kept the size from being that
 */
public record SizeVerdict(int nodes, Basis basis, int proposed, int stabilized, SizeLimit limit) {

  /** What a size rests on. */
  public enum Basis {
    /** On the metrics. */
    METRICS,
    /** There were more nodes than there may be. */
    ABOVE_MAX,
    /** There were fewer nodes than there must be. */
    BELOW_MIN,
    /** There are no nodes, and there must be some: nobody wants any. */
    SWITCHED_OFF,
    /** No metric could be read: the size stays. */
    NOTHING_READ,
    /** The metrics that could be read ask for fewer nodes, others could not be read: it stays. */
    PARTLY_READ
  }

  /** A size that rests on no metric. */
  static SizeVerdict of(int nodes, Basis basis, int current) {
    return new SizeVerdict(nodes, basis, current, current, SizeLimit.NONE);
  }

  /** Whether anything is proposed: else the size stays for want of readings. */
  public boolean isProposal() {
    return basis != Basis.NOTHING_READ && basis != Basis.PARTLY_READ;
  }

  /** Whether the metrics asked for a size: then it is to be remembered. */
  public boolean isRecommendation() {
    return basis == Basis.METRICS;
  }
}
