package io.shardgrid.key;

/**
 * How the handing over of a node's shards has ended. Immutable.
 *
 * @param shards shards whose primary the node still is; 0 if others have all
 * @param entries of these shards
 * @param liveBytes of these entries
 */
public record DrainReport(Outcome outcome, int shards, long entries, long liveBytes) {

  /** How it has ended. */
  public enum Outcome {
    /** The placement names the node nowhere: others have all that it had. */
    HANDED_OVER,

    /** There is no other member that can take anything. */
    NOBODY_THERE,

    /** Not all was handed over in time, or nobody could be asked. */
    UNFINISHED
  }
}
