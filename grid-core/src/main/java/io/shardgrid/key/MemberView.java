package io.shardgrid.key;

/**
 * What the others know of a member. Immutable.
 *
 * @param id the member's incarnation
 * @param name the name its operator gave it
 * @param zone failure domain; copies of a shard go to different zones where there are several
 * @param weight share of the data relative to the others; 0 holds none (a witness)
 * @param peerPort port of the peer links
 * @param respPort port of the RESP server, 0 for an embedded member that has none
 * @param httpPort port of the HTTP server, 0 for an embedded member that has none
 * @param standing how far the member has come
 */
public record MemberView(
    NodeId id,
    String name,
    String zone,
    int weight,
    int peerPort,
    int respPort,
    int httpPort,
    Standing standing) {

  /** How far a member has come between joining and being removed. */
  public enum Standing {
    /** Joined, not yet taken up by all: gets no data. */
    JOINING,
    /** A full member. */
    UP,
    /** On its way out: gets no new data. */
    LEAVING,
    /** Does not answer, not yet removed. */
    UNREACHABLE
  }

  /** The same member with another standing. */
  public MemberView withStanding(Standing next) {
    return new MemberView(id, name, zone, weight, peerPort, respPort, httpPort, next);
  }

  /** The same member with another weight. */
  public MemberView withWeight(int next) {
    return new MemberView(id, name, zone, next, peerPort, respPort, httpPort, standing);
  }

  /** Whether the planner may give shards to this member. */
  public boolean isEligible() {
    return standing == Standing.UP && weight > 0;
  }
}
