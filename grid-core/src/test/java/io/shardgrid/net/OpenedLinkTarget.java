package io.shardgrid.net;

import static io.shardgrid.net.AcceptedLinkTarget.frame;
import static io.shardgrid.net.AcceptedLinkTarget.joined;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.shardgrid.fuzz.ErrorLog;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Parts;
import io.shardgrid.fuzz.Pieces;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.HandshakeCodec;
import io.shardgrid.wire.HandshakeCodec.Reject;
import io.shardgrid.wire.WireFormat;
import java.util.List;

/**
 * What comes by a connection that this node has opened, from whoever listens there: however it is
 * cut, the same answers come of it; in a cluster with a secret none do; nothing is logged as a bug.
 */
final class OpenedLinkTarget implements FuzzTarget {

  /* An input: whether there is a secret (bit 0 of the first byte), and what comes: frames without
   * their lengths, or, if bit 1 is set, bytes as they are. */

  private static final int FRAME_BYTES_MAX = 8 << 10;
  private static final ClusterSecret SECRET = new ClusterSecret("the secret of the cluster");

  private final ErrorLog errors = ErrorLog.listening();

  @Override
  public boolean run(byte[] input) {
    if (input.length == 0) {
      return false;
    }
    boolean hasSecret = (input[0] & 1) == 1;
    byte[] said = Owners.said(input);
    List<String> whole = heard(List.of(said), hasSecret);
    List<String> some = heard(Pieces.some(said), hasSecret);
    errors.requireNone();
    if (!whole.equals(some)) {
      throw new AssertionError("cut: whole=" + whole + ", some=" + some);
    }
    if (hasSecret && whole.stream().anyMatch(one -> !one.startsWith("rejected"))) {
      throw new AssertionError("heard without the secret: " + whole);
    }
    return !whole.isEmpty();
  }

  private static List<String> heard(List<byte[]> pieces, boolean hasSecret) {
    RecordingListener listener = new RecordingListener();
    LinkOwner owner = Owners.owner(listener, hasSecret ? SECRET : null, FRAME_BYTES_MAX);
    OpenedHandler.Observer observer =
        new OpenedHandler.Observer() {
          @Override
          public void onOpen(OpenedHandler handler) {
            listener.heard.add("open");
          }

          @Override
          public void onReject(Reject reject) {
            listener.heard.add("rejected " + reject.refusal());
          }

          @Override
          public void onTlsFailure(Throwable cause) {
            throw new AssertionError(cause);
          }

          @Override
          public void onClosed(OpenedHandler handler) {}
        };
    EmbeddedChannel channel = new EmbeddedChannel(new OpenedHandler(owner, Owners.OTHER, observer));
    for (byte[] piece : pieces) {
      if (channel.isOpen()) {
        channel.writeInbound(Unpooled.copiedBuffer(piece));
      }
    }
    channel.finishAndReleaseAll();
    return listener.heard;
  }

  @Override
  public List<String> words() {
    return List.of(Parts.MARK);
  }

  @Override
  public List<byte[]> seeds() {
    byte[] welcome =
        frame(
            WireFormat.WELCOME,
            out ->
                HandshakeCodec.writeWelcome(
                    out, new HandshakeCodec.Welcome(Owners.OTHER, 16 << 20, 1000, 1 << 20)));
    byte[] challenge =
        frame(WireFormat.CHALLENGE, out -> HandshakeCodec.writeChallenge(out, new byte[32]));
    byte[] proof =
        frame(
            WireFormat.PROOF,
            out ->
                HandshakeCodec.writeProof(
                    out, new HandshakeCodec.Proof(new byte[32], new byte[32])));
    byte[] reject =
        frame(
            WireFormat.REJECT,
            out ->
                HandshakeCodec.writeReject(
                    out, new Reject(HandshakeCodec.Refusal.CLUSTER, "cluster=other")));
    byte[] answers =
        frame(
            WireFormat.ANSWERS,
            out -> {
              AnswerCodec.write(out, 3, 7, 1, new Answer.Stored(true, 9, new byte[] {5}));
              AnswerCodec.write(out, 3, 7, 2, Answer.Absent.INSTANCE);
            });
    byte[] ended =
        frame(
            WireFormat.ENDED,
            out -> {
              out.writeNumber(2);
              out.writeNumber(100);
            });
    return List.of(
        joined(0, welcome, answers, ended, answers),
        joined(1, challenge, proof, welcome, answers),
        joined(0, reject),
        joined(1, welcome, answers));
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (512L << 10) + 200L * inputBytes;
  }

  @Override
  public void close() {
    errors.close();
  }
}
