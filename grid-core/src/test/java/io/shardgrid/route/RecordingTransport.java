package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what a router hands over. Not thread-safe. */
final class RecordingTransport implements Transport {

  record Sent(NodeId node, Operation operation) {}

  final List<Sent> sent = new ArrayList<>();
  final List<Operation> executed = new ArrayList<>();
  Set<NodeId> local = Set.of();
  boolean isFull;
  @Nullable Answer told;
  int asked;
  @Nullable RuntimeException bug;

  @Override
  public boolean isLocal(NodeId node) {
    return local.contains(node);
  }

  @Override
  public void execute(Operation operation) {
    executed.add(operation);
    throwIfBroken();
  }

  @Override
  public @Nullable Answer atOnce(String map, int shard, Request request, long minEpoch) {
    asked++;
    return told;
  }

  @Override
  public boolean send(NodeId node, Operation operation) {
    throwIfBroken();
    if (isFull) {
      return false;
    }
    sent.add(new Sent(node, operation));
    return true;
  }

  /** The numbers of what was sent since the last call. */
  List<Long> takeSeqs() {
    List<Long> seqs = sent.stream().map(one -> one.operation().seq()).toList();
    sent.clear();
    return seqs;
  }

  private void throwIfBroken() {
    RuntimeException thrown = bug;
    if (thrown != null) {
      throw thrown;
    }
  }
}
