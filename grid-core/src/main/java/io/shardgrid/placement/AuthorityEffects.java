package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;

/**
 * Carries out what an {@link Authority} decides. Messages may be lost, doubled, late and out of
 * order. No method may call back into the authority: answers come in as inputs of their own.
 */
public interface AuthorityEffects {

  /** Sends a request to the register of a member (the own one included). */
  void sendRegister(NodeId to, RegisterMessage.Request request);

  /** Tells a member what was committed. */
  void sendPlaced(NodeId to, Placed placed);

  /** Asks a shard's primary, if it acts in this seat, to fill a learner. May be repeated. */
  void askCopy(NodeId primary, int shard, long seat, NodeId target);

  /** Asks a shard's primary not to fill a learner any more. */
  void cancelCopy(NodeId primary, int shard, NodeId target);

  /** Tells a member to remember the last word on pauses. */
  void sendPause(NodeId to, PauseMark pause);

  /** These entries are committed, and were not known as such to this authority before. */
  void committed(List<PlacementEntry> entries);

  /** This memo is committed, and was not known as such to this authority before. */
  void kept(Memo memo);

  /** The move of a shard has begun, or gone on to another state: for the log, and for traces. */
  default void moveWent(MoveStep step) {}

  /** The authority went on to another phase. */
  void moved(AuthorityPhase from, AuthorityPhase to);

  /** The authority has ended itself and takes no more input. */
  void end(String reason);
}
