package io.shardgrid.wire;

/** Numbers of the binary wire format: its version, the types of frames, and limits. */
public final class WireFormat {

  /* Frame: what two nodes exchange.
   *
   *   offset  bytes  field
   *   0       4      length of all that follows, big-endian: 1 + bytes of the body
   *   4       1      type
   *   5       n      body: for batches, items one after the other
   *
   * Item: one operation, answer or message of a replica. Batches are concatenations of items, in frames between nodes
   * as well as in the bulk strings of remote clients.
   *
   *   offset  bytes  field
   *   0       4      length of all that follows, big-endian
   *   4       n      fields, see OperationCodec, AnswerCodec and ReplicaMessageCodec
   *
   * Numbers are base-128 varints, low group first; those that may be negative are zigzag coded.
   * Identifiers that were drawn at random take 8 bytes. Texts are UTF-8 behind their length.
   */

  /** Version of everything behind the handshake. Nodes of different versions do not link. */
  public static final int VERSION = 1;

  /** The first four bytes of a {@link #HELLO}'s body, {@code SGRD}: never changes. */
  public static final int MAGIC = 0x53475244;

  /** Opens a link; its first fields never change, see {@link HandshakeCodec}. */
  public static final int HELLO = 1;

  /** Accepts a link. */
  public static final int WELCOME = 2;

  /** Refuses a link; its fields never change. */
  public static final int REJECT = 3;

  /** A batch of operations. */
  public static final int OPERATIONS = 4;

  /** A batch of answers. */
  public static final int ANSWERS = 5;

  /** Asks for a {@link #PONG}; no body. */
  public static final int PING = 6;

  /** Answers a {@link #PING}; no body. */
  public static final int PONG = 7;

  /** A batch of messages between replicas, but for those that fill learners. */
  public static final int REPLICATION = 8;

  /** A batch of messages that fill learners, so that they do not hold up the others. */
  public static final int COPIES = 9;

  /** How many operations that came by the link have ended so far, and their bytes. */
  public static final int ENDED = 10;

  /** Asks who opens a link to show that he knows the secret of the cluster. */
  public static final int CHALLENGE = 11;

  /** Shows it; first who opened the link, then who accepted it. */
  public static final int PROOF = 12;

  /** Bytes before a frame's type: its length. */
  public static final int LENGTH_BYTES = 4;

  /** Bytes of a frame's type. */
  public static final int TYPE_BYTES = 1;

  /** Bytes before a frame's body: length and type. */
  public static final int HEADER_BYTES = LENGTH_BYTES + TYPE_BYTES;

  /** Most bytes of a frame before the handshake is done. */
  public static final int HANDSHAKE_BYTES_MAX = 4096;

  /** Most bytes that a number takes. */
  public static final int NUMBER_BYTES_MAX = 10;

  /** Most bytes of a name (map, cluster, host, member, zone) in UTF-8. */
  public static final int NAME_BYTES_MAX = 255;

  private WireFormat() {}
}
