package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;
import io.shardgrid.key.NodeId;

/** The binary form of the handshake that opens a link: the bodies of its three frames. */
public final class HandshakeCodec {

  /* HELLO    magic (4 bytes) and version (number), the same in all versions; then cluster, self,
   *          expected node, most bytes of a frame that the sender accepts
   * WELCOME  self, most bytes of a frame that the sender accepts
   * REJECT   refusal (1 byte), reason (text), the same in all versions
   */

  private static final Refusal[] REFUSALS = Refusal.values();

  /** Why a link was refused. The ordinal is the code on the wire: append only. */
  public enum Refusal {
    /** The nodes speak different versions of the wire format. */
    VERSION,
    /** The nodes belong to clusters of different names. */
    CLUSTER,
    /** The node at this address is not the one that was expected: that one is gone. */
    INCARNATION
  }

  /**
   * What a node says first on a link that it opens.
   *
   * @param cluster name of its cluster
   * @param self who it is
   * @param expected whom it wants to talk to
   * @param frameBytesMax most bytes of a frame that it accepts, at least {@link
   *     WireFormat#HANDSHAKE_BYTES_MAX}
   */
  public record Hello(String cluster, NodeId self, NodeId expected, int frameBytesMax) {}

  /**
   * The answer that opens a link.
   *
   * @param self who answers
   * @param frameBytesMax most bytes of a frame that it accepts, at least {@link
   *     WireFormat#HANDSHAKE_BYTES_MAX}
   */
  public record Welcome(NodeId self, int frameBytesMax) {}

  /** The answer that refuses a link. */
  public record Reject(Refusal refusal, String reason) {}

  private HandshakeCodec() {}

  /** Appends a hello of this {@link WireFormat#VERSION}. */
  public static void writeHello(ByteBuf out, Hello hello) {
    out.writeInt(WireFormat.MAGIC);
    Fields.writeNumber(out, WireFormat.VERSION);
    Fields.writeName(out, hello.cluster());
    PlacementCodec.writeNode(out, hello.self());
    PlacementCodec.writeNode(out, hello.expected());
    Fields.writeNumber(out, hello.frameBytesMax());
  }

  /** Reads the beginning of a hello: the version that the rest of it has. */
  public static int readVersion(ByteBuf in) {
    if (in.readableBytes() < Integer.BYTES || in.readInt() != WireFormat.MAGIC) {
      throw new WireException("does not speak the protocol of peer links");
    }
    return Fields.readSmall(in, "version", Integer.MAX_VALUE);
  }

  /** Reads the rest of a hello of this {@link WireFormat#VERSION}. */
  public static Hello readHello(ByteBuf in) {
    Hello hello =
        new Hello(
            Fields.readName(in),
            PlacementCodec.readNode(in),
            PlacementCodec.readNode(in),
            readFrameBytesMax(in));
    Fields.requireEnd(in);
    return hello;
  }

  /** Appends a welcome. */
  public static void writeWelcome(ByteBuf out, Welcome welcome) {
    PlacementCodec.writeNode(out, welcome.self());
    Fields.writeNumber(out, welcome.frameBytesMax());
  }

  /** Reads a welcome. */
  public static Welcome readWelcome(ByteBuf in) {
    Welcome welcome = new Welcome(PlacementCodec.readNode(in), readFrameBytesMax(in));
    Fields.requireEnd(in);
    return welcome;
  }

  private static int readFrameBytesMax(ByteBuf in) {
    int bytes = Fields.readSmall(in, "bytes of a frame", Integer.MAX_VALUE);
    if (bytes < WireFormat.HANDSHAKE_BYTES_MAX) {
      throw new WireException(
          "accepts too small frames: bytes=" + bytes + ", min=" + WireFormat.HANDSHAKE_BYTES_MAX);
    }
    return bytes;
  }

  /** Appends a rejection. */
  public static void writeReject(ByteBuf out, Reject reject) {
    Fields.writeCode(out, reject.refusal());
    Fields.writeText(out, reject.reason());
  }

  /** Reads a rejection. */
  public static Reject readReject(ByteBuf in) {
    return new Reject(Fields.readCode(in, "refusal", REFUSALS), Fields.readText(in));
  }
}
