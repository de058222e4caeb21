package io.shardgrid.net;

import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A node of a test: its links, and all that they report. */
final class Peer implements PeerListener, AutoCloseable {

  static final Charter CHARTER = new Charter("test", 16, 1, 42);

  /** Short waits, so that tests are quick. */
  static final LinkSettings SETTINGS = within(1 << 20, 1L << 30);

  /** The same with so much under way at once. */
  static LinkSettings within(int operationsMax, long operationBytesMax) {
    return new LinkSettings(
        128 << 10,
        16 << 20,
        64L << 20,
        operationsMax,
        operationBytesMax,
        Duration.ofSeconds(5),
        Duration.ofMillis(1),
        Duration.ofMillis(50),
        Duration.ofMillis(500),
        Duration.ofSeconds(10));
  }

  /** An answer as it came. */
  record Answered(int shard, long client, long seq, Answer answer) {}

  record Said(NodeId from, ReplicaMessage message) {}

  private static final long PATIENCE_SECONDS = 20;

  final NodeId id;
  final EventLoops loops;
  final PeerLinks links;
  final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
  final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  volatile Echo echo = (operation, back) -> back.answered(operation, answerTo(operation));

  /** Answers operations. */
  interface Echo {
    void on(Operation operation, AnswerSink back);
  }

  private Peer(NodeId id, EventLoops loops, PeerLinks links) {
    this.id = id;
    this.loops = loops;
    this.links = links;
  }

  static Peer start(long uid) {
    return start(uid, 0, CHARTER, SETTINGS);
  }

  static Peer start(long uid, int port, Charter charter, LinkSettings settings) {
    EventLoops loops = EventLoops.start(1);
    PeerLinks links = PeerLinks.bind(PeerAddress.of("127.0.0.1", port), settings, loops);
    return started(new NodeId("127.0.0.1", 10171, uid), charter, loops, links);
  }

  /** One that makes sure of the others, and is called so by them. */
  static Peer start(long uid, String host, LinkSecurity security) {
    EventLoops loops = EventLoops.start(1);
    PeerLinks links = PeerLinks.bind(PeerAddress.of("127.0.0.1", 0), SETTINGS, loops, security);
    return started(new NodeId(host, 10171, uid), CHARTER, loops, links);
  }

  private static Peer started(NodeId id, Charter charter, EventLoops loops, PeerLinks links) {
    Peer peer = new Peer(id, loops, links);
    links.start(charter, peer.id, peer);
    return peer;
  }

  /** Opens a link and waits for it. */
  void open(Peer other) throws InterruptedException {
    links.connect(other.id, other.links.port());
    awaitEvent("opened " + other.id);
  }

  void awaitEvent(String wanted) throws InterruptedException {
    String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!wanted.equals(event)) {
      throw new AssertionError("wanted <" + wanted + "> but found <" + event + ">");
    }
  }

  Answered awaitAnswer() throws InterruptedException {
    Answered answered = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answered == null) {
      throw new AssertionError("no answer in time");
    }
    return answered;
  }

  static Operation operation(long seq, Request request) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    return new Operation("cities", 3, 7, seq, seq, 1L << 32, 0, deadlineNanos, request);
  }

  static Request get(String key) {
    return new Request.Get(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static Request put(byte[] value) {
    return new Request.Put(new byte[] {1}, value, Expiry.NEVER, Condition.ALWAYS, true);
  }

  private static Answer answerTo(Operation operation) {
    if (operation.request() instanceof Request.Put put) {
      return new Answer.Stored(true, operation.seq(), put.value());
    }
    return new Answer.Amount(operation.seq());
  }

  @Override
  public void opened(NodeId node) {
    events.add("opened " + node);
  }

  @Override
  public void ready(NodeId node) {
    events.add("ready " + node);
  }

  @Override
  public void closed(NodeId node, boolean refused) {
    events.add((refused ? "refused " : "closed ") + node);
  }

  @Override
  public void operation(NodeId from, Operation operation, AnswerSink back) {
    operations.add(operation);
    echo.on(operation, back);
  }

  @Override
  public void replica(NodeId from, ReplicaMessage message) {
    said.add(new Said(from, message));
  }

  @Override
  public void answered(int shard, long client, long seq, Answer answer) {
    answers.add(new Answered(shard, client, seq, answer));
  }

  @Override
  public void close() {
    links.close();
    loops.close();
  }
}
