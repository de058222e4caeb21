package io.shardgrid.wire;

import io.shardgrid.key.NodeId;

/** The binary form of the handshake that opens a link: the bodies of its frames. */
public final class HandshakeCodec {

  /* HELLO    magic (4 bytes) and version (number), the same in all versions; then cluster, self,
   *          expected node, most bytes of a frame that the sender accepts
   * WELCOME  self, most bytes of a frame that the sender accepts, most operations and bytes of them
   *          that may be under way there at once
   * CHALLENGE nonce of who accepts, in clusters with a secret; answers HELLO
   * PROOF    nonce of who opens, and his proof; answered by another one with the proof of who
   *          accepts, which goes before WELCOME
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
    INCARNATION,
    /** One end does not know the secret of the cluster. */
    SECRET
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
   * @param operationsMax most operations under way there at once, at least 1
   * @param operationBytesMax most bytes of them, at least 2
   */
  public record Welcome(
      NodeId self, int frameBytesMax, int operationsMax, long operationBytesMax) {}

  /**
   * What shows that one end knows the secret of the cluster. The arrays are not copied.
   *
   * @param nonce of who opened the link
   * @param proof of who says this
   */
  public record Proof(byte[] nonce, byte[] proof) {}

  /** The answer that refuses a link. */
  public record Reject(Refusal refusal, String reason) {}

  private HandshakeCodec() {}

  /** Appends a hello of this {@link WireFormat#VERSION}. */
  public static void writeHello(WireWriter out, Hello hello) {
    out.writeInt(WireFormat.MAGIC);
    out.writeNumber(WireFormat.VERSION);
    out.writeName(hello.cluster());
    PlacementCodec.writeNode(out, hello.self());
    PlacementCodec.writeNode(out, hello.expected());
    out.writeNumber(hello.frameBytesMax());
  }

  /** Reads the beginning of a hello: the version that the rest of it has. */
  public static int readVersion(WireReader in) {
    if (in.readableBytes() < Integer.BYTES || in.readInt() != WireFormat.MAGIC) {
      throw new WireException("does not speak the protocol of peer links");
    }
    return in.readSmall("version", Integer.MAX_VALUE);
  }

  /** Reads the rest of a hello of this {@link WireFormat#VERSION}. */
  public static Hello readHello(WireReader in) {
    Hello hello =
        new Hello(
            in.readName(),
            PlacementCodec.readNode(in),
            PlacementCodec.readNode(in),
            readFrameBytesMax(in));
    in.requireEnd();
    return hello;
  }

  /** Appends a welcome. */
  public static void writeWelcome(WireWriter out, Welcome welcome) {
    PlacementCodec.writeNode(out, welcome.self());
    out.writeNumber(welcome.frameBytesMax());
    out.writeNumber(welcome.operationsMax());
    out.writeNumber(welcome.operationBytesMax());
  }

  /** Reads a welcome. */
  public static Welcome readWelcome(WireReader in) {
    Welcome welcome =
        new Welcome(
            PlacementCodec.readNode(in),
            readFrameBytesMax(in),
            in.readSmall("operations under way", Integer.MAX_VALUE),
            in.readNumber());
    in.requireEnd();
    if (welcome.operationsMax() < 1 || welcome.operationBytesMax() < 2) {
      throw new WireException(
          "allows no operation: operations="
              + welcome.operationsMax()
              + ", bytes="
              + welcome.operationBytesMax());
    }
    return welcome;
  }

  private static int readFrameBytesMax(WireReader in) {
    int bytes = in.readSmall("bytes of a frame", Integer.MAX_VALUE);
    if (bytes < WireFormat.HANDSHAKE_BYTES_MAX) {
      throw new WireException(
          "accepts too small frames: bytes=" + bytes + ", min=" + WireFormat.HANDSHAKE_BYTES_MAX);
    }
    return bytes;
  }

  /** Appends a challenge: a nonce. */
  public static void writeChallenge(WireWriter out, byte[] nonce) {
    out.writeBytes(nonce);
  }

  /** Reads a challenge: a nonce. */
  public static byte[] readChallenge(WireReader in) {
    byte[] nonce = in.readBytes();
    in.requireEnd();
    return nonce;
  }

  /** Appends a proof. */
  public static void writeProof(WireWriter out, Proof proof) {
    out.writeBytes(proof.nonce());
    out.writeBytes(proof.proof());
  }

  /** Reads a proof. */
  public static Proof readProof(WireReader in) {
    Proof proof = new Proof(in.readBytes(), in.readBytes());
    in.requireEnd();
    return proof;
  }

  /** Appends a rejection. */
  public static void writeReject(WireWriter out, Reject reject) {
    out.writeCode(reject.refusal());
    out.writeText(reject.reason());
  }

  /** Reads a rejection. */
  public static Reject readReject(WireReader in) {
    return new Reject(in.readCode("refusal", REFUSALS), in.readText());
  }
}
