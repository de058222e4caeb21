package io.shardgrid.key;

/** What a move does for its shard. */
public enum MigrationKind {
  /** The primary goes to another member, copied there first if that has nothing. */
  PRIMARY,

  /** A backup goes from one member to another. */
  BACKUP,

  /** A copy that is missing is made. */
  REPAIR
}
