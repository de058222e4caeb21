package io.shardgrid.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.shardgrid.fuzz.ErrorLog;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Parts;
import io.shardgrid.fuzz.Pieces;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.HandshakeCodec;
import io.shardgrid.wire.MapNames;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessageCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What comes by a connection from whoever: however it is cut, the same operations and messages of
 * replicas come of it; in a cluster with a secret nothing does; nothing is logged as a bug.
 */
final class AcceptedLinkTarget implements FuzzTarget {

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
    if (hasSecret && !whole.isEmpty()) {
      throw new AssertionError("heard without the secret: " + whole);
    }
    return !whole.isEmpty();
  }

  private static List<String> heard(List<byte[]> pieces, boolean hasSecret) {
    RecordingListener listener = new RecordingListener();
    LinkOwner owner = Owners.owner(listener, hasSecret ? SECRET : null, FRAME_BYTES_MAX);
    EmbeddedChannel channel =
        new EmbeddedChannel(new AcceptedHandler(owner, new MapNames(4), new ConcurrentHashMap<>()));
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
    Request put =
        new Request.Put(
            new byte[] {1}, new byte[] {2, 3}, Expiry.NEVER, Condition.versionIs(4), true);
    byte[] hello =
        frame(
            WireFormat.HELLO,
            out ->
                HandshakeCodec.writeHello(
                    out, new HandshakeCodec.Hello("test", Owners.OTHER, Owners.SELF, 16 << 20)));
    byte[] proof =
        frame(
            WireFormat.PROOF,
            out ->
                HandshakeCodec.writeProof(
                    out, new HandshakeCodec.Proof(new byte[32], new byte[32])));
    byte[] operations =
        frame(
            WireFormat.OPERATIONS,
            out -> {
              OperationCodec.write(out, operation(1, put), 0);
              OperationCodec.write(out, operation(2, new Request.Get(new byte[] {1})), 0);
            });
    byte[] replication =
        frame(
            WireFormat.REPLICATION,
            out -> ReplicaMessageCodec.write(out, new AppendAck(3, 1L << 32, 9, false, 9, 5)));
    byte[] ping = frame(WireFormat.PING, out -> {});
    return List.of(
        joined(0, hello, operations, ping, replication),
        joined(1, hello, proof, operations),
        joined(0, operations));
  }

  private static Operation operation(long seq, Request request) {
    return new Operation("cities", 3, 7, seq, seq, 1L << 32, 0, 5_000_000_000L, request);
  }

  static byte[] frame(int type, Consumer<WireWriter> body) {
    ByteBuf frame = Frames.frame(Unpooled.buffer().alloc(), type, body);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes).release();
    return bytes;
  }

  /** An input of these frames. */
  static byte[] joined(int first, byte[]... frames) {
    List<byte[]> bare = new ArrayList<>();
    for (byte[] frame : frames) {
      bare.add(Arrays.copyOfRange(frame, WireFormat.LENGTH_BYTES, frame.length));
    }
    byte[] all = Parts.join(bare);
    byte[] input = new byte[all.length + 1];
    input[0] = (byte) first;
    System.arraycopy(all, 0, input, 1, all.length);
    return input;
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
