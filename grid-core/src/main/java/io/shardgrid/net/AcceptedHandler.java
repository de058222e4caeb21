package io.shardgrid.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.link.ClusterSecret.Exchange;
import io.shardgrid.link.ClusterSecret.Side;
import io.shardgrid.link.EndedCount;
import io.shardgrid.link.Lane;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.HandshakeCodec;
import io.shardgrid.wire.HandshakeCodec.Hello;
import io.shardgrid.wire.HandshakeCodec.Proof;
import io.shardgrid.wire.HandshakeCodec.Refusal;
import io.shardgrid.wire.HandshakeCodec.Reject;
import io.shardgrid.wire.HandshakeCodec.Welcome;
import io.shardgrid.wire.MapNames;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessageCodec;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a link that another node opened: reads what it says, sends answers to operations. */
final class AcceptedHandler extends FrameHandler<AcceptedHandler.Reply> implements AnswerSink {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedHandler.class);

  /** An answer with the names of its operation. */
  record Reply(int shard, long client, long seq, Answer answer) {}

  private final LinkOwner owner;
  private final Map<NodeId, Channel> accepted;
  private final byte[] nonce = LinkSecurity.nonce();
  private @Nullable Hello unproven;
  private @Nullable Hello hello;
  private @Nullable Channel channel;
  private final EndedCount ended;

  /** Set before the first operation is read. */
  private volatile @Nullable NodeId asker;

  private volatile int answerBytesMax;

  /**
   * A handler of one connection.
   *
   * @param accepted the latest connection from each node
   */
  AcceptedHandler(LinkOwner owner, MapNames names, Map<NodeId, Channel> accepted) {
    super(owner, owner.counters().answersDropped, names);
    this.owner = owner;
    this.accepted = accepted;
    this.ended = new EndedCount(owner.settings());
  }

  /** Who opened the link speaks first. */
  @Override
  void onConnected(ChannelHandlerContext context) {}

  @Override
  void onHandshake(ChannelHandlerContext context, int type, WireReader body) {
    Hello waiting = unproven;
    ClusterSecret secret = owner.security().secret();
    if (type == WireFormat.PROOF && waiting != null && secret != null) {
      unproven = null;
      onProof(context, waiting, secret, HandshakeCodec.readProof(body));
    } else if (type == WireFormat.HELLO && waiting == null) {
      onHello(context, body);
    } else {
      throw new WireException("does not begin with a hello: type=" + type);
    }
  }

  private void onHello(ChannelHandlerContext context, WireReader body) {
    int version = HandshakeCodec.readVersion(body);
    if (version != WireFormat.VERSION) {
      reject(context, Refusal.VERSION, "version=" + WireFormat.VERSION + ", yours=" + version);
      return;
    }
    Hello said = HandshakeCodec.readHello(body);
    String cluster = owner.charter().cluster();
    if (!said.cluster().equals(cluster)) {
      reject(context, Refusal.CLUSTER, "cluster=" + cluster + ", yours=" + said.cluster());
    } else if (!said.expected().equals(owner.self())) {
      String reason = "node=" + owner.self() + ", expected=" + said.expected();
      reject(context, Refusal.INCARNATION, reason);
    } else if (owner.security().secret() != null) {
      unproven = said;
      write(
          context,
          Frames.frame(
              context.alloc(),
              WireFormat.CHALLENGE,
              out -> HandshakeCodec.writeChallenge(out, nonce)));
    } else {
      welcome(context, said);
    }
  }

  private void onProof(
      ChannelHandlerContext context, Hello said, ClusterSecret secret, Proof proof) {
    Exchange exchange =
        new Exchange(
            said.cluster(),
            said.self().toString(),
            said.expected().toString(),
            proof.nonce(),
            nonce);
    if (!secret.isProof(proof.proof(), Side.OPENER, exchange)) {
      reject(context, Refusal.SECRET, "another secret: key=" + ClusterSecret.KEY);
      return;
    }
    Proof own = new Proof(proof.nonce(), secret.proof(Side.ACCEPTOR, exchange));
    write(
        context,
        Frames.frame(
            context.alloc(), WireFormat.PROOF, out -> HandshakeCodec.writeProof(out, own)));
    welcome(context, said);
  }

  private void reject(ChannelHandlerContext context, Refusal refusal, String reason) {
    listenNoMore();
    owner.counters().rejected.increment();
    LOG.debug("refusing a link: channel={}, {}: {}", context.channel(), refusal, reason);
    Reject reject = new Reject(refusal, reason);
    context
        .writeAndFlush(
            Frames.frame(
                context.alloc(), WireFormat.REJECT, out -> HandshakeCodec.writeReject(out, reject)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void welcome(ChannelHandlerContext context, Hello said) {
    hello = said;
    asker = said.self();
    channel = context.channel();
    answerBytesMax = said.frameBytesMax() - WireFormat.HEADER_BYTES;
    Channel older = accepted.put(said.self(), context.channel());
    if (older != null) {
      older.close();
    }
    LinkSettings own = owner.settings();
    Welcome welcome =
        new Welcome(
            owner.self(), own.frameBytesMax(), own.operationsMax(), own.operationBytesMax());
    write(
        context,
        Frames.frame(
            context.alloc(), WireFormat.WELCOME, out -> HandshakeCodec.writeWelcome(out, welcome)));
    open(context, answerBytesMax);
  }

  @Override
  boolean onBatch(int type, WireReader body) {
    Hello said = hello;
    if (said == null) {
      return false;
    }
    if (type == WireFormat.OPERATIONS) {
      long nowNanos = System.nanoTime();
      while (body.isReadable()) {
        deliver(said.self(), OperationCodec.read(body, nowNanos));
      }
    } else if (type == WireFormat.REPLICATION || type == WireFormat.COPIES) {
      while (body.isReadable()) {
        deliver(said.self(), ReplicaMessageCodec.read(body));
      }
    } else {
      return false;
    }
    return true;
  }

  private void deliver(NodeId from, Operation operation) {
    try {
      owner.listener().operation(from, operation, this);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("shard", operation.shard())
          .addKeyValue("map", operation.map())
          .setCause(e)
          .log(
              "operation failed: map={}, shard={}, request={}",
              operation.map(),
              operation.shard(),
              operation.request().kind());
      ended(operation);
    }
  }

  private void deliver(NodeId from, ReplicaMessage message) {
    try {
      owner.listener().replica(from, message);
    } catch (RuntimeException e) {
      String kind = message.getClass().getSimpleName();
      LOG.atError()
          .addKeyValue("shard", message.shard())
          .setCause(e)
          .log("message failed: shard={}, message={}", message.shard(), kind);
    }
  }

  @Override
  public void answered(Operation operation, Answer answer) {
    reply(operation, answer);
    ended(operation);
  }

  @Override
  public @Nullable NodeId node() {
    return asker;
  }

  @Override
  public void dropped(Operation operation) {
    ended(operation);
  }

  private void ended(Operation operation) {
    Channel own = channel;
    if (ended.ended(OperationCodec.bytesMax(operation)) && own != null) {
      try {
        own.eventLoop()
            .execute(() -> ended.tell((operations, bytes) -> tell(own, operations, bytes)));
      } catch (RejectedExecutionException e) {
        LOG.debug("event loop has ended, its connections with it: channel={}", own, e);
      }
    }
  }

  private static void tell(Channel own, long operations, long bytes) {
    ByteBuf frame =
        Frames.frame(
            own.alloc(),
            WireFormat.ENDED,
            out -> {
              out.writeNumber(operations);
              out.writeNumber(bytes);
            });
    own.writeAndFlush(frame, own.voidPromise());
  }

  private void reply(Operation operation, Answer answer) {
    int bytes = AnswerCodec.bytesMax(answer);
    if (bytes > answerBytesMax) {
      reply(operation, tooLarge(operation, bytes));
    } else if (!sender().offer(Lane.ANSWERS, replyTo(operation, answer), bytes)) {
      // A read may come again; of a write this must not be said, since it has been carried out.
      boolean isWrite = operation.request().kind().isWrite();
      Answer instead = isWrite ? answer : new Answer.Later("the link's outbox is full");
      int insteadBytes = AnswerCodec.bytesMax(instead);
      if (!sender().offerReserve(Lane.ANSWERS, replyTo(operation, instead), insteadBytes)) {
        owner.counters().answersDropped.increment();
      }
    }
  }

  private static Reply replyTo(Operation operation, Answer answer) {
    return new Reply(operation.shard(), operation.client(), operation.seq(), answer);
  }

  private Answer tooLarge(Operation operation, int bytes) {
    return new Answer.Failed(
        FailureCode.VALUE_TOO_LARGE,
        String.format(
            "answer is too large for a frame, ask for less at once or raise"
                + " grid.link.frame-bytes-max: map=%s, shard=%d, request=%s, bytes=%d, max=%d",
            operation.map(), operation.shard(), operation.request().kind(), bytes, answerBytesMax));
  }

  @Override
  void writeItem(WireWriter out, Reply reply, long nowNanos) {
    AnswerCodec.write(out, reply.shard(), reply.client(), reply.seq(), reply.answer());
  }

  /** Whoever does not read its answers is not read from. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    super.channelWritabilityChanged(context);
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  void onClosed() {
    Hello said = hello;
    Channel own = channel;
    if (said != null && own != null) {
      accepted.remove(said.self(), own);
    }
  }
}
