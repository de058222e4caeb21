package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One node's replica as far as routers see it: holds, refuses or carries out operations by the
 * rules of the answers table. What was carried out is shared by all replicas, as if copied at once.
 *
 * <p>Takes one input at a time, as an actor does: what an answer leads to waits for its turn.
 */
final class ReplicaModel {

  /** What the replicas share: the truth about the seat, and what was carried out. */
  interface Shard {
    PlacementEntry truth();

    /** The answer to a write; carries it out if it is new. ABSENT if it must not be any more. */
    Answer write(Operation operation);

    /** Whether this operation is to be refused for no reason that a router can know. */
    boolean refuses();
  }

  private record Held(Operation operation, Consumer<Answer> reply) {}

  private static final Answer LATER = new Answer.Later("model");

  private final NodeId self;
  private final Shard shard;
  private final List<Held> held = new ArrayList<>();
  private final Deque<Runnable> mailbox = new ArrayDeque<>();
  private boolean isInTurn;
  private PlacementEntry view;

  /** Refused numbers, from..to; the first may pass, those behind it may not. */
  private long from = 1;

  private long to;

  ReplicaModel(NodeId self, Shard shard) {
    this.self = self;
    this.shard = shard;
    this.view = shard.truth();
  }

  /** Learns the truth about the seat. */
  void learn() {
    take(
        () -> {
          view = shard.truth();
          List<Held> waiting = List.copyOf(held);
          held.clear();
          waiting.forEach(one -> admit(one.operation, one.reply));
        });
  }

  void operate(Operation operation, Consumer<Answer> reply) {
    take(() -> admit(operation, reply));
  }

  private void take(Runnable input) {
    mailbox.add(input);
    if (!isInTurn) {
      isInTurn = true;
      for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
        next.run();
      }
      isInTurn = false;
    }
  }

  private void admit(Operation operation, Consumer<Answer> reply) {
    boolean isNamed = self.equals(view.primary());
    if (operation.minEpoch() > view.epoch() || (isNamed && !isActing())) {
      if (bars(operation)) {
        refuse(operation, reply);
      } else {
        held.add(new Held(operation, reply));
      }
    } else if (isNamed && operation.minEpoch() >= view.seat()) {
      execute(operation, reply);
    } else {
      reply.accept(new Answer.Moved(view));
    }
  }

  private boolean isActing() {
    return self.equals(shard.truth().primary()) && view.epoch() == shard.truth().epoch();
  }

  private void execute(Operation operation, Consumer<Answer> reply) {
    if (bars(operation) || shard.refuses()) {
      refuse(operation, reply);
    } else if (operation.request().kind().isWrite()) {
      Answer answer = shard.write(operation);
      if (answer != Answer.Absent.INSTANCE) {
        reply.accept(answer);
      }
    } else {
      reply.accept(Answer.Absent.INSTANCE);
    }
  }

  private boolean bars(Operation operation) {
    from = Math.max(from, operation.doneBelow());
    if (from > to) {
      return false;
    }
    boolean isBarred = operation.seq() > from;
    if (operation.seq() == from) {
      from++;
    }
    return isBarred;
  }

  private void refuse(Operation operation, Consumer<Answer> reply) {
    from = from > to ? operation.seq() : Math.min(from, operation.seq());
    to = Math.max(to, operation.seq());
    reply.accept(LATER);
  }
}
