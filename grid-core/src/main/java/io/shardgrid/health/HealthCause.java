package io.shardgrid.health;

/** Why a cluster is not simply healthy, the worst first. */
public enum HealthCause {
  /** The last copies of shards are gone. */
  SHARDS_LOST(HealthWord.LOST),
  /** Of shards it is not known where they are. */
  SHARDS_UNPLACED(HealthWord.DEGRADED),
  /** Shards have fewer copies than they should. */
  COPIES_MISSING(HealthWord.DEGRADED),
  /** There are fewer members that take data than a shard should have copies. */
  MEMBERS_TOO_FEW(HealthWord.DEGRADED),
  /** A member is missed by the cluster. */
  MEMBER_UNREACHABLE(HealthWord.DEGRADED),
  /** A member has not answered a question. */
  MEMBER_SILENT(HealthWord.DEGRADED),
  /** The authority over the placement has not answered a question. */
  AUTHORITY_SILENT(HealthWord.DEGRADED),
  /** The node that was asked cannot serve. */
  NODE_NOT_READY(HealthWord.DEGRADED),
  /** Shards move, or are to move. */
  SHARDS_MOVING(HealthWord.REBALANCING),
  /** Moves that only even out are held up by an operator. */
  MOVES_HELD_UP(HealthWord.REBALANCING),
  /** A member has joined and is not taken up yet. */
  MEMBER_JOINING(HealthWord.REBALANCING),
  /** A member is on its way out. */
  MEMBER_LEAVING(HealthWord.REBALANCING);

  private final HealthWord word;

  HealthCause(HealthWord word) {
    this.word = word;
  }

  /** What a cluster is at best while this holds. */
  public HealthWord word() {
    return word;
  }
}
