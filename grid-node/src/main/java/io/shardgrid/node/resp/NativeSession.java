package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Router;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Topology;
import io.shardgrid.wire.TopologyCodec;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native protocol's side of one connection: operations that the client numbered come in
 * batches, answers go out as pushes in the order in which they are there.
 *
 * <p>Confined to the connection's event loop, but for {@link #answered}.
 */
final class NativeSession implements AnswerSink {

  private static final Logger LOG = LoggerFactory.getLogger(NativeSession.class);

  private static final byte[] ANSWERS = "grid.answers".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "grid.error".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLACEMENT = "grid.placement".getBytes(StandardCharsets.US_ASCII);
  private static final String LINE_END = "\r\n";
  private static final int PUSH_ITEMS = 2;
  private static final int PUSH_BYTES = 256 << 10;
  private static final int FIRST_BYTES = 512;

  /** Memory for answers that is kept from push to push. */
  private static final int KEPT_BYTES = 16 << 10;

  private static final int TOPOLOGY_BYTES = 8 << 10;

  private record Answered(Operation operation, Answer answer, int bytesMax) {}

  private final Connection connection;
  private final GridAccess grid;
  private final long client;

  /** Operations handed over whose answer has not been gathered. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Answers that came on other threads. */
  private final Queue<Answered> handed = new ConcurrentLinkedQueue<>();

  private final AtomicLong handedBytes = new AtomicLong();

  /** Encoded answers, as many as one push is to hold. */
  private final Queue<WireWriter> full = new ArrayDeque<>();

  private long fullBytes;

  /** The answers encoded last, for the next push. */
  private WireWriter answers = new WireWriter(FIRST_BYTES);

  /** What is left of the batch that is being handed over. */
  private @Nullable WireReader batch;

  NativeSession(Connection connection, GridAccess grid, long client) {
    this.connection = connection;
    this.grid = grid;
    this.client = client;
  }

  /** Begins with a batch of operations; those before it have all been handed over. */
  void operate(byte[] bytes) {
    batch = new WireReader(bytes, connection.server().mapNames());
    if (bytes.length == 0) {
      refuse("a batch holds at least one operation: bytes=0");
    }
    goOn();
  }

  /** Hands over what is left of the batch, as far as there is room for the answers. */
  void goOn() {
    WireReader in = batch;
    if (in == null) {
      return;
    }
    long nowNanos = System.nanoTime();
    try {
      while (in.isReadable() && hasRoom()) {
        Operation operation = OperationCodec.read(in, nowNanos);
        check(operation);
        connection.pace().charge();
        if (connection.gate().mayCarryOut(operation)) {
          handOver(operation);
        } else {
          refuse(operation);
        }
      }
    } catch (WireException e) {
      refuse(String.valueOf(e.getMessage()));
    }
    if (!in.isReadable()) {
      batch = null;
    }
  }

  /** Whether a batch has not been handed over as a whole. */
  boolean isMidBatch() {
    return batch != null;
  }

  /** Whether there is room for the answer to another operation. */
  boolean hasRoom() {
    RespSettings.Bounds bounds = connection.server().settings().bounds();
    return underWay.get() < bounds.operationsMax()
        && waitingBytes() < bounds.unsentBytesPause()
        && !connection.pace().isOver();
  }

  private void handOver(Operation operation) {
    underWay.incrementAndGet();
    TraceContext told = operation.trace();
    try {
      if (told == null) {
        grid.operate(operation, this);
      } else {
        FollowedAnswer.handOver(grid, operation, told, this);
      }
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("shard", operation.shard())
          .addKeyValue("map", operation.map())
          .addKeyValue("trace_id", told == null ? null : told.traceId())
          .setCause(e)
          .log(
              "An operation could not be handed over: map={}, shard={}",
              operation.map(),
              operation.shard());
      answered(operation, new Answer.Failed(FailureCode.INTERNAL, "internal error"));
    }
  }

  private void refuse(Operation operation) {
    String why = connection.gate().refusal(operation);
    underWay.incrementAndGet();
    answered(operation, new Answer.Failed(FailureCode.NO_ACCESS, why));
    if (!connection.gate().isPassed()) {
      // A client that has got another password connects anew with it.
      connection.closeAfterReplies();
    }
  }

  private void refuse(String reason) {
    batch = null;
    connection.server().counters().protocolErrors.increment();
    byte[] text = ("malformed batch: " + reason).getBytes(StandardCharsets.UTF_8);
    push(connection.replies().out(), ERROR, text, text.length);
    connection.closeAfterReplies();
  }

  private void check(Operation operation) {
    if (operation.client() != client) {
      throw new WireException(
          "operation is another client's: client="
              + operation.client()
              + ", clientOfConnection="
              + client);
    }
    int shards = grid.router().shards();
    if (operation.shard() < 0 || operation.shard() >= shards) {
      throw new WireException("no such shard: shard=" + operation.shard() + ", shards=" + shards);
    }
  }

  @Override
  public void answered(Operation operation, Answer answer) {
    if (connection.isOnItsLoop()) {
      encode(operation, answer);
      connection.ended();
    } else {
      int bytesMax = AnswerCodec.bytesMax(answer);
      handed.add(new Answered(operation, answer, bytesMax));
      handedBytes.addAndGet(bytesMax);
      connection.ended();
    }
  }

  @Override
  public void dropped(Operation operation) {
    underWay.decrementAndGet();
    connection.ended();
  }

  /** Bytes of answers that wait to be gathered. */
  long waitingBytes() {
    return handedBytes.get() + fullBytes + answers.length();
  }

  /** Writes the answers that are there as pushes until about {@code bytesMax} are gathered. */
  void gather(ByteBuf out, int bytesMax) {
    while (out.readableBytes() < bytesMax && isMoreReady()) {
      Answered next = full.isEmpty() ? handed.poll() : null;
      while (next != null) {
        handedBytes.addAndGet(-next.bytesMax);
        encode(next.operation, next.answer);
        next = full.isEmpty() ? handed.poll() : null;
      }
      WireWriter oldest = full.poll();
      if (oldest != null) {
        fullBytes -= oldest.length();
        push(out, ANSWERS, oldest.array(), oldest.length());
      } else if (answers.length() > 0) {
        push(out, ANSWERS, answers.array(), answers.length());
        answers.clear(KEPT_BYTES);
      }
    }
  }

  /** Whether there is something to gather. */
  boolean isMoreReady() {
    return answers.length() > 0 || !full.isEmpty() || !handed.isEmpty();
  }

  /** Writes a push that tells of the topology. */
  void pushTopology(ByteBuf out) {
    WireWriter topology = topology(grid);
    push(out, PLACEMENT, topology.array(), topology.length());
  }

  /** What remote clients have to know of the cluster, as bytes. */
  static WireWriter topology(GridAccess grid) {
    Router router = grid.router();
    List<PlacementEntry> placement = new ArrayList<>(router.shards());
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null) {
        placement.add(entry);
      }
    }
    WireWriter out = new WireWriter(TOPOLOGY_BYTES);
    TopologyCodec.write(out, new Topology(grid.charter(), grid.members(), placement));
    return out;
  }

  /** Drops everything. */
  void release() {
    answers.clear(0);
    full.clear();
    batch = null;
  }

  private void encode(Operation operation, Answer answer) {
    underWay.decrementAndGet();
    if (connection.isGone()) {
      return;
    }
    AnswerCodec.write(answers, operation.shard(), operation.client(), operation.seq(), answer);
    if (answers.length() >= PUSH_BYTES) {
      full.add(answers);
      fullBytes += answers.length();
      answers = new WireWriter(PUSH_BYTES);
    }
  }

  private static void push(ByteBuf out, byte[] topic, byte[] content, int bytes) {
    RespWriter.pushHeader(out, PUSH_ITEMS, RespVersion.RESP3);
    RespWriter.bulk(out, topic);
    ByteBufUtil.writeAscii(out, "$" + bytes + LINE_END);
    out.writeBytes(content, 0, bytes);
    ByteBufUtil.writeAscii(out, LINE_END);
  }
}
