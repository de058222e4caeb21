package io.shardgrid.meter;

import io.shardgrid.wire.Answer;

/** How the handing over of an operation to a shard ended. */
public enum OperationOutcome {
  /** It was carried out, or had been before and got the same answer again. */
  OK,
  /** It was answered with a failure. */
  FAILED,
  /** It belongs to another node, where it is sent again. */
  MOVED,
  /** A bound was met; it is sent again. */
  LATER,
  /** Nobody waited for its answer any more, or it comes again to another node. */
  DROPPED;

  /** What an answer says of it. */
  public static OperationOutcome of(Answer answer) {
    return switch (answer.kind()) {
      case FAILED -> FAILED;
      case MOVED -> MOVED;
      case LATER -> LATER;
      case DONE, ABSENT, ENTRY, STORED, AMOUNT, VALUES, PAGE, EXPORTED, DESCRIPTION, RESULT -> OK;
    };
  }
}
