package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the times that operations were handed over to processes: each ends once, in an answer or
 * in the word that none comes. What bounds operations by these counts would leak otherwise.
 */
final class SimHandOvers {

  private final Set<HandOver> open = new LinkedHashSet<>();

  /** One time that an operation was handed over. */
  private final class HandOver implements AnswerSink {

    private final SimNode node;
    private final AnswerSink sink;
    private final int shard;
    private final long client;
    private final long seq;
    private boolean isEnded;

    HandOver(SimNode node, Operation operation, AnswerSink sink) {
      this.node = node;
      this.sink = sink;
      this.shard = operation.shard();
      this.client = operation.client();
      this.seq = operation.seq();
    }

    @Override
    public void answered(Operation operation, Answer answer) {
      end();
      sink.answered(operation, answer);
    }

    @Override
    public @Nullable NodeId node() {
      return sink.node();
    }

    @Override
    public void dropped(Operation operation) {
      end();
    }

    private void end() {
      if (isEnded) {
        throw new SimViolation("a hand-over ends twice: " + this);
      }
      isEnded = true;
      open.remove(this);
    }

    @Override
    public String toString() {
      return "node=" + node + ", shard=" + shard + ", client=" + client + ", seq=" + seq;
    }
  }

  /** An operation is handed over to a process. */
  AnswerSink open(SimNode node, Operation operation, AnswerSink sink) {
    HandOver one = new HandOver(node, operation, sink);
    open.add(one);
    return one;
  }

  /** What was handed over to this process ends with it. */
  void crashed(SimNode node) {
    open.removeIf(one -> one.node == node);
  }

  /** Called when no operation is under way any more. */
  void checkAllEnded() {
    for (HandOver one : open) {
      if (one.node.isGoingOn()) {
        throw new SimViolation("a hand-over never ends: " + one);
      }
    }
  }
}
