package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Router;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Topology;
import io.shardgrid.wire.TopologyCodec;
import io.shardgrid.wire.WireException;
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

  private record Answered(Operation operation, Answer answer, int bytesMax) {}

  private final Connection connection;
  private final GridAccess grid;
  private final long client;
  private final ByteBufAllocator buffers;

  /** Operations handed over whose answer has not been gathered. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Answers that came on other threads. */
  private final Queue<Answered> handed = new ConcurrentLinkedQueue<>();

  private final AtomicLong handedBytes = new AtomicLong();

  /** Encoded answers, as many as one push is to hold. */
  private final Queue<ByteBuf> full = new ArrayDeque<>();

  private long fullBytes;

  /** The answers encoded last, for the next push. */
  private @Nullable ByteBuf answers;

  /** What is left of the batch that is being handed over. */
  private @Nullable ByteBuf batch;

  NativeSession(Connection connection, GridAccess grid, long client, ByteBufAllocator buffers) {
    this.connection = connection;
    this.grid = grid;
    this.client = client;
    this.buffers = buffers;
  }

  /** Begins with a batch of operations; those before it have all been handed over. */
  void operate(byte[] bytes) {
    batch = Unpooled.wrappedBuffer(bytes);
    if (bytes.length == 0) {
      refuse("a batch holds at least one operation: bytes=0");
    }
    goOn();
  }

  /** Hands over what is left of the batch, as far as there is room for the answers. */
  void goOn() {
    ByteBuf in = batch;
    if (in == null) {
      return;
    }
    long nowNanos = System.nanoTime();
    try {
      while (in.isReadable() && hasRoom()) {
        Operation operation = OperationCodec.read(in, nowNanos, connection.server().mapNames());
        check(operation);
        handOver(operation);
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
    return underWay.get() < bounds.operationsMax() && waitingBytes() < bounds.unsentBytesPause();
  }

  private void handOver(Operation operation) {
    underWay.incrementAndGet();
    try {
      grid.operate(operation, this);
    } catch (RuntimeException e) {
      LOG.error("An operation could not be handed over: shard={}", operation.shard(), e);
      answered(operation, new Answer.Failed(FailureCode.INTERNAL, "internal error"));
    }
  }

  private void refuse(String reason) {
    batch = null;
    connection.server().counters().protocolErrors.increment();
    push(
        connection.replies().out(),
        ERROR,
        Unpooled.copiedBuffer("malformed batch: " + reason, StandardCharsets.UTF_8));
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

  /** Bytes of answers that wait to be gathered. */
  long waitingBytes() {
    return handedBytes.get() + fullBytes + bytesEncoded();
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
      ByteBuf oldest = oldest();
      if (oldest != null) {
        push(out, ANSWERS, oldest);
      }
    }
  }

  private @Nullable ByteBuf oldest() {
    ByteBuf oldest = full.poll();
    if (oldest != null) {
      fullBytes -= oldest.readableBytes();
      return oldest;
    }
    ByteBuf encoded = answers;
    answers = null;
    return encoded;
  }

  /** Whether there is something to gather. */
  boolean isMoreReady() {
    return answers != null || !full.isEmpty() || !handed.isEmpty();
  }

  /** Writes a push that tells of the topology. */
  void pushTopology(ByteBuf out) {
    push(out, PLACEMENT, writeTopology(grid, buffers.buffer()));
  }

  /** What remote clients have to know of the cluster, as bytes. */
  static ByteBuf writeTopology(GridAccess grid, ByteBuf out) {
    Router router = grid.router();
    List<PlacementEntry> placement = new ArrayList<>(router.shards());
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null) {
        placement.add(entry);
      }
    }
    TopologyCodec.write(out, new Topology(grid.charter(), grid.members(), placement));
    return out;
  }

  /** Drops everything. */
  void release() {
    ByteBuf encoded = answers;
    if (encoded != null) {
      answers = null;
      encoded.release();
    }
    full.forEach(ByteBuf::release);
    full.clear();
    batch = null;
  }

  private int bytesEncoded() {
    ByteBuf encoded = answers;
    return encoded == null ? 0 : encoded.readableBytes();
  }

  private void encode(Operation operation, Answer answer) {
    underWay.decrementAndGet();
    if (connection.isGone()) {
      return;
    }
    ByteBuf encoded = answers;
    if (encoded == null) {
      encoded = buffers.directBuffer(FIRST_BYTES);
      answers = encoded;
    }
    AnswerCodec.write(encoded, operation.shard(), operation.client(), operation.seq(), answer);
    if (encoded.readableBytes() >= PUSH_BYTES) {
      full.add(encoded);
      fullBytes += encoded.readableBytes();
      answers = null;
    }
  }

  /** Appends a push and releases its content. */
  private static void push(ByteBuf out, byte[] topic, ByteBuf content) {
    RespWriter.pushHeader(out, PUSH_ITEMS, RespVersion.RESP3);
    RespWriter.bulk(out, topic);
    ByteBufUtil.writeAscii(out, "$" + content.readableBytes() + LINE_END);
    out.writeBytes(content);
    ByteBufUtil.writeAscii(out, LINE_END);
    content.release();
  }
}
