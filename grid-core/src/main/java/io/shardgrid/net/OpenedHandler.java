package io.shardgrid.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.shardgrid.failure.CodecException;
import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.link.ClusterSecret.Exchange;
import io.shardgrid.link.ClusterSecret.Side;
import io.shardgrid.link.Lane;
import io.shardgrid.link.SendCredit;
import io.shardgrid.tls.channel.TlsTrouble;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.AnswerHandler;
import io.shardgrid.wire.HandshakeCodec;
import io.shardgrid.wire.HandshakeCodec.Hello;
import io.shardgrid.wire.HandshakeCodec.Proof;
import io.shardgrid.wire.HandshakeCodec.Refusal;
import io.shardgrid.wire.HandshakeCodec.Reject;
import io.shardgrid.wire.HandshakeCodec.Welcome;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.PeerMessage;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessageCodec;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a link that this node opened: sends operations and reads their answers, and sends what
 * its replicas say.
 */
final class OpenedHandler extends FrameHandler<PeerMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(OpenedHandler.class);

  /** Is told how the connection fares; called on its event loop. */
  interface Observer {

    /** The handshake is done: operations may be sent. */
    void onOpen(OpenedHandler handler);

    /** The other end refuses the link. */
    void onReject(Reject reject);

    /** There is no TLS with the other end. */
    void onTlsFailure(Throwable cause);

    /** The connection is closed, whether it was open or not. */
    void onClosed(OpenedHandler handler);
  }

  private final LinkOwner owner;
  private final NodeId expected;
  private final AnswerHandler answers;
  private final Observer observer;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange proving;
  private boolean isProven;
  private boolean isRejected;
  private volatile int itemBytesMax;

  /** Of a link that is not open yet there is none. */
  private volatile SendCredit credit = new SendCredit(0, 0);

  OpenedHandler(LinkOwner owner, NodeId expected, Observer observer) {
    super(owner, owner.counters().itemsDropped, null);
    this.owner = owner;
    this.expected = expected;
    this.answers = this::deliver;
    this.observer = observer;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    this.context = context;
    super.channelActive(context);
  }

  @Override
  void onConnected(ChannelHandlerContext context) {
    Hello hello =
        new Hello(
            owner.charter().cluster(), owner.self(), expected, owner.settings().frameBytesMax());
    write(
        context,
        Frames.frame(
            context.alloc(), WireFormat.HELLO, out -> HandshakeCodec.writeHello(out, hello)));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
      tlsFails(tls.cause());
    }
    super.userEventTriggered(context, event);
  }

  /** With TLS 1.3 the other end may refuse this end's certificate after the handshake. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    SSLException tls = TlsTrouble.in(thrown);
    if (tls != null) {
      tlsFails(tls);
    }
    super.exceptionCaught(context, thrown);
  }

  /** The first failure is the cause of the others. */
  private void tlsFails(Throwable cause) {
    if (!isRejected) {
      isRejected = true;
      observer.onTlsFailure(cause);
    }
  }

  @Override
  void onHandshake(ChannelHandlerContext context, int type, WireReader body) {
    if (isRejected) {
      // It was on its way when this end gave up.
      return;
    }
    switch (type) {
      case WireFormat.REJECT -> rejected(context, HandshakeCodec.readReject(body));
      case WireFormat.CHALLENGE -> onChallenge(context, HandshakeCodec.readChallenge(body));
      case WireFormat.PROOF -> onProof(context, HandshakeCodec.readProof(body));
      case WireFormat.WELCOME -> onWelcome(context, HandshakeCodec.readWelcome(body));
      default -> throw new WireException("handshake is not answered: type=" + type);
    }
  }

  private void rejected(ChannelHandlerContext context, Reject reject) {
    isRejected = true;
    owner.counters().rejected.increment();
    observer.onReject(reject);
    context.close();
  }

  private void secretFails(ChannelHandlerContext context, String why) {
    rejected(context, new Reject(Refusal.SECRET, why + ": key=" + ClusterSecret.KEY));
  }

  private void onChallenge(ChannelHandlerContext context, byte[] nonce) {
    ClusterSecret secret = owner.security().secret();
    if (secret == null) {
      secretFails(context, "the other node asks for a secret, this one has none");
      return;
    }
    Exchange exchange =
        new Exchange(
            owner.charter().cluster(),
            owner.self().toString(),
            expected.toString(),
            LinkSecurity.nonce(),
            nonce);
    proving = exchange;
    Proof own = new Proof(exchange.openerNonce(), secret.proof(Side.OPENER, exchange));
    write(
        context,
        Frames.frame(
            context.alloc(), WireFormat.PROOF, out -> HandshakeCodec.writeProof(out, own)));
  }

  private void onProof(ChannelHandlerContext context, Proof proof) {
    ClusterSecret secret = owner.security().secret();
    Exchange exchange = proving;
    isProven =
        secret != null
            && exchange != null
            && secret.isProof(proof.proof(), Side.ACCEPTOR, exchange);
    if (!isProven) {
      secretFails(context, "the other node has another secret");
    }
  }

  private void onWelcome(ChannelHandlerContext context, Welcome welcome) {
    if (owner.security().secret() != null && !isProven) {
      secretFails(context, "the other node asks for no secret, this one has one");
      return;
    }
    if (!welcome.self().equals(expected)) {
      throw new WireException(
          "another node answers: node=" + welcome.self() + ", expected=" + expected);
    }
    itemBytesMax = welcome.frameBytesMax() - WireFormat.HEADER_BYTES;
    credit = new SendCredit(welcome.operationsMax(), welcome.operationBytesMax());
    open(context, itemBytesMax);
    observer.onOpen(this);
  }

  /**
   * Takes an operation if it fits and the other end has room for it. Any thread, on an open link.
   *
   * @throws CodecException if it is larger than the other end accepts
   */
  boolean send(Operation operation) {
    int bytes = OperationCodec.bytesMax(operation);
    SendCredit known = credit;
    long bytesMax = Math.min(itemBytesMax, known.operationBytesMax());
    if (bytes > bytesMax) {
      throw new CodecException(
          String.format(
              "operation is too large for the link, split it or raise grid.link.frame-bytes-max and"
                  + " operation-bytes-max: map=%s, shard=%d, node=%s, request=%s, bytes=%d, max=%d",
              operation.map(),
              operation.shard(),
              expected,
              operation.request().kind(),
              bytes,
              bytesMax));
    }
    if (!known.take(bytes)) {
      return false;
    }
    boolean isTaken = sender().offer(Lane.OPERATIONS, operation, bytes);
    if (!isTaken) {
      known.giveBack(bytes);
    }
    return isTaken;
  }

  /**
   * Takes a message of a replica if it fits: others are lost, as with a connection. Any thread, on
   * an open link.
   */
  boolean send(ReplicaMessage message) {
    boolean isCopy = message instanceof ReplicaMessage.Copy;
    int bytes = ReplicaMessageCodec.bytesMax(message);
    if (bytes > itemBytesMax) {
      owner.counters().itemsDropped.increment();
      LOG.atError()
          .addKeyValue("shard", message.shard())
          .log(
              "message of a replica is too large for a frame, raise grid.link.frame-bytes-max:"
                  + " shard={}, node={}, message={}, bytes={}, max={}",
              message.shard(),
              expected,
              message.getClass().getSimpleName(),
              bytes,
              itemBytesMax);
      return false;
    }
    boolean isTaken =
        isCopy
            ? sender().offer(Lane.COPIES, message, bytes)
            : sender().offerReserve(Lane.REPLICATION, message, bytes);
    if (!isTaken) {
      owner.counters().itemsDropped.increment();
    }
    return isTaken;
  }

  /** What is under way on it now. Any thread, on an open link. */
  LinkLoad load() {
    SendCredit known = credit;
    return new LinkLoad(1, sender().waitingBytes(), known.operations(), known.bytes());
  }

  @Override
  boolean onBatch(int type, WireReader body) {
    if (type == WireFormat.ENDED) {
      if (credit.ended(body.readNumber(), body.readNumber())) {
        FrameHandler.guard("ready", () -> owner.listener().ready(expected));
      }
      return true;
    }
    if (type != WireFormat.ANSWERS) {
      return false;
    }
    while (body.isReadable()) {
      AnswerCodec.read(body, answers);
    }
    return true;
  }

  private void deliver(int shard, long client, long seq, Answer answer) {
    try {
      owner.listener().answered(shard, client, seq, answer);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("shard", shard)
          .setCause(e)
          .log("answer failed: shard={}, kind={}", shard, answer.kind());
    }
  }

  @Override
  void writeItem(WireWriter out, PeerMessage item, long nowNanos) {
    if (item instanceof Operation operation) {
      OperationCodec.write(out, operation, nowNanos);
    } else if (item instanceof ReplicaMessage message) {
      ReplicaMessageCodec.write(out, message);
    }
  }

  @Override
  void onClosed() {
    observer.onClosed(this);
  }

  /** Ends the connection. */
  void close() {
    ChannelHandlerContext present = context;
    if (present != null) {
      present.close();
    }
  }
}
