package io.shardgrid.wire;

import io.shardgrid.trace.TraceContext;

/**
 * The binary form of operations: one item each, so that a batch is a concatenation.
 *
 * <p>Deadlines travel as the time that is left, since monotonic clocks mean nothing elsewhere.
 */
public final class OperationCodec {

  /* Fields of the item, in order (sizes of a usual operation in bytes):
   *
   *   map        1 + n  name behind its length
   *   shard      1-2    number
   *   client     8      fixed
   *   seq        1-4    number
   *   doneBelow  1      signed, as seq - doneBelow
   *   minEpoch   1-6    number
   *   age        1-2    signed, milliseconds
   *   left       5      signed, nanoseconds to the deadline; negative when it has passed
   *   flags      1      only if some are set: 0x80, which no kind of request has, and 1 if it is
   *                     followed
   *   trace      25     only if it is, see TraceCodec
   *   request           kind and fields, see RequestCodec
   *
   * So an operation that is not followed takes no byte for that.
   */

  private static final byte FLAGS = (byte) 0x80;
  private static final byte FOLLOWED = 1;

  private static final int FIXED_BYTES_MAX =
      WireFormat.LENGTH_BYTES + Long.BYTES + 7 * WireFormat.NUMBER_BYTES_MAX;

  private OperationCodec() {}

  /**
   * Most bytes that {@link #write} takes for an operation; the same where it is read. O(keys),
   * reads no bytes of them.
   */
  public static int bytesMax(Operation operation) {
    long bytes =
        FIXED_BYTES_MAX
            + 3L * operation.map().length()
            + RequestCodec.bytesMax(operation.request())
            + (operation.trace() == null ? 0 : 1 + TraceCodec.BYTES);
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /**
   * Appends an operation.
   *
   * @param nowNanos the time of the clock that the deadline is measured by
   * @throws WireException if the map's name is longer than {@link WireFormat#NAME_BYTES_MAX}
   */
  public static void write(WireWriter out, Operation operation, long nowNanos) {
    int start = out.beginItem();
    out.writeName(operation.map());
    out.writeNumber(operation.shard());
    out.writeLong(operation.client());
    out.writeNumber(operation.seq());
    out.writeSigned(operation.seq() - operation.doneBelow());
    out.writeNumber(operation.minEpoch());
    out.writeSigned(operation.ageMillis());
    out.writeSigned(operation.deadlineNanos() - nowNanos);
    TraceContext trace = operation.trace();
    if (trace != null) {
      out.writeByte((byte) (FLAGS | FOLLOWED));
      TraceCodec.write(out, trace);
    }
    RequestCodec.write(out, operation.request());
    out.endItem(start);
  }

  /**
   * Reads the next operation.
   *
   * @param nowNanos the time of the clock that the deadline is to be measured by; it becomes {@link
   *     Operation#givenUpNanos}
   * @throws WireException if the bytes are not an operation
   */
  public static Operation read(WireReader in, long nowNanos) {
    int limit = in.beginItem();
    String map = in.readMapName();
    int shard = in.readSmall("shard", Integer.MAX_VALUE);
    long client = in.readLong();
    long seq = in.readNumber();
    long doneBelow = seq - in.readSigned();
    long minEpoch = in.readNumber();
    int ageMillis = Operation.boundedAge(in.readSigned());
    long deadlineNanos = Operation.givenUpNanos(nowNanos, in.readSigned());
    TraceContext trace = in.peekByte() < 0 ? readTrace(in) : null;
    Request request = RequestCodec.read(in);
    in.endItem(limit);
    return new Operation(
        map, shard, client, seq, doneBelow, minEpoch, ageMillis, deadlineNanos, request, trace);
  }

  private static TraceContext readTrace(WireReader in) {
    int flags = in.readByte() & ~FLAGS;
    if (flags != FOLLOWED) {
      throw new WireException("unknown flags of an operation: flags=" + flags + ", known=1");
    }
    return TraceCodec.read(in);
  }
}
