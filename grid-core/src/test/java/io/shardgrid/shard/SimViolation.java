package io.shardgrid.shard;

/** Something that must never be was seen in a simulation. */
final class SimViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  SimViolation(String what) {
    super(what);
  }
}
