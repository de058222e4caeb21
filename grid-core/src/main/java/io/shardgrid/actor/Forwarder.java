package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.net.PeerLinks;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes operations of remote clients to members that have no port for them, and the answers back.
 * The operation keeps its client's name and number, so that it is still carried out once.
 *
 * <p>Thread-safe. Bounded: past the bound the client is told to come again.
 */
final class Forwarder {

  private record Name(int shard, long client, long seq) {}

  private record Waiting(NodeId node, Operation operation, AnswerSink back) {}

  private final PeerLinks links;
  private final int waitingMax;
  private final Map<Name, Waiting> waiting = new ConcurrentHashMap<>();

  Forwarder(PeerLinks links, int waitingMax) {
    this.links = links;
    this.waitingMax = waitingMax;
  }

  void forward(NodeId node, Operation operation, AnswerSink back) {
    if (waiting.size() >= waitingMax) {
      back.answered(operation, new Answer.Later("Too many operations are being forwarded"));
      return;
    }
    Name name = new Name(operation.shard(), operation.client(), operation.seq());
    Waiting before = waiting.put(name, new Waiting(node, operation, back));
    if (before != null) {
      // A repeat, over another connection of its client: one answer serves both.
      before.back().dropped(before.operation());
    }
    if (!links.send(node, operation)) {
      giveBack(name);
    }
  }

  void answered(int shard, long client, long seq, Answer answer) {
    // A backup asks for every write that it logs, though mostly nothing is forwarded.
    Waiting one = waiting.isEmpty() ? null : waiting.remove(new Name(shard, client, seq));
    if (one != null) {
      one.back().answered(one.operation(), answer);
    }
  }

  /** What was sent over a closed link may be lost: its clients send it again. */
  void closed(NodeId node) {
    waiting.forEach(
        (name, one) -> {
          if (one.node().equals(node)) {
            giveBack(name);
          }
        });
  }

  /** Forgets what is past its deadline; its client has given it up. */
  void tick(long nowNanos) {
    waiting.forEach(
        (name, one) -> {
          boolean isLate = nowNanos - one.operation().deadlineNanos() >= 0;
          if (isLate && waiting.remove(name, one)) {
            one.back().dropped(one.operation());
          }
        });
  }

  private void giveBack(Name name) {
    Waiting one = waiting.remove(name);
    if (one != null) {
      one.back()
          .answered(one.operation(), new Answer.Later("The way to the shard's node is not open"));
    }
  }
}
