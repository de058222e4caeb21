package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;

/**
 * Carries out what a {@link ShardReplica} decides, in the order of the calls. Must not call the
 * replica. Messages may be lost.
 */
public interface ReplicaEffects {

  /**
   * This process's monotonic clock, read anew. A read is judged by this time, taken after it: were
   * the process to stand still between the time and the read, another primary could act meanwhile.
   */
  long nowNanos();

  /** Answers an operation. */
  void answer(Operation operation, AnswerSink to, Answer answer);

  /** Does not answer an operation, now or later: this hand-over is over. */
  void drop(Operation operation, AnswerSink to);

  /**
   * The node that an operation came from has told its process already: no answer is sent to it.
   *
   * @param answer what it was told
   */
  default void toldElsewhere(Operation operation, AnswerSink to, Answer answer) {
    drop(operation, to);
  }

  /**
   * A write of some client is where it has to be: if the client is this process's own, it may be
   * told the answer, before its primary tells it.
   */
  void tellOwn(int shard, LoggedWrite write);

  /** Whether a rule of this name is known here, and can change nothing. */
  boolean isKnownToRead(String rule);

  /**
   * Has a rule decide about an entry, on another thread. Sooner or later {@link
   * ShardReplica#returned} is called with what it has decided, in a turn of its own; if the rule
   * fails, that is a failure.
   *
   * @param operation who asks; until its deadline somebody waits for the answer
   */
  void invoke(Invocation invocation, Operation operation);

  /**
   * Has something asked of a store, on another thread. Sooner or later {@link
   * ShardReplica#returned} is called with what has come of it, in a turn of its own.
   */
  void ask(StoreErrand errand);

  /** Sends a message to the replica of the same shard on another node. */
  void send(NodeId to, ReplicaMessage message);

  /**
   * Asks the authority to put a node into the in-sync set, if the placement is still the one of
   * {@code base}. Repeated.
   */
  void addInSync(PlacementEntry base, NodeId node);

  /**
   * Asks the authority to take a node out of the in-sync set, or, if it is not in there, for a new
   * epoch, so that older requests about it are void. Repeated.
   */
  void removeInSync(PlacementEntry base, NodeId node);

  /** This replica has learnt of a placement, from whoever told it. */
  void placed(PlacementEntry entry);

  /** Tells the authority that this replica acts in the entry's seat. */
  void taken(PlacementEntry entry);

  /** The replica on {@code node} has other entries than the primary after the same writes. */
  void diverged(NodeId node, long seq);

  /** A copy to a learner has gone on from a state to the one that it has now. */
  void copyMoved(CopyState from, Survey.Filling copy);

  /**
   * The seat in which this replica acted was handed over, and the one who has the next has spoken.
   *
   * @param seat the next seat
   * @param pauseNanos time since this replica numbered nothing more
   */
  void handedOver(long seat, long pauseNanos);
}
