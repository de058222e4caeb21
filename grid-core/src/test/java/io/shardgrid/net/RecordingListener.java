package io.shardgrid.net;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessageCodec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what comes, without times, and answers operations with their numbers. */
final class RecordingListener implements PeerListener {

  final List<String> heard = new ArrayList<>();

  private static String text(Consumer<WireWriter> writing) {
    WireWriter out = new WireWriter(64);
    writing.accept(out);
    return HexFormat.of().formatHex(out.toBytes());
  }

  @Override
  public void opened(NodeId node) {}

  @Override
  public void closed(NodeId node, boolean refused) {}

  @Override
  public void operation(NodeId from, Operation operation, AnswerSink back) {
    long deadline = operation.deadlineNanos();
    heard.add(from + " " + text(out -> OperationCodec.write(out, operation, deadline)));
    back.answered(operation, new Answer.Amount(operation.seq()));
  }

  @Override
  public void replica(NodeId from, ReplicaMessage message) {
    heard.add(from + " " + text(out -> ReplicaMessageCodec.write(out, message)));
  }

  @Override
  public void answered(int shard, long client, long seq, Answer answer) {
    heard.add(text(out -> AnswerCodec.write(out, shard, client, seq, answer)));
  }
}
