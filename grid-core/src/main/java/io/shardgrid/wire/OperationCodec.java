package io.shardgrid.wire;

import io.netty.buffer.ByteBuf;

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
   *   request           kind and fields, see RequestCodec
   */

  private static final int FIXED_BYTES_MAX =
      WireFormat.LENGTH_BYTES + Long.BYTES + 7 * Fields.NUMBER_BYTES_MAX;

  private OperationCodec() {}

  /** Most bytes that {@link #write} takes for an operation. O(keys), reads no bytes of them. */
  public static int bytesMax(Operation operation) {
    long bytes =
        FIXED_BYTES_MAX
            + 3L * operation.map().length()
            + RequestCodec.bytesMax(operation.request());
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /**
   * Appends an operation.
   *
   * @param nowNanos the time of the clock that the deadline is measured by
   * @throws WireException if the map's name is longer than {@link WireFormat#NAME_BYTES_MAX}
   */
  public static void write(ByteBuf out, Operation operation, long nowNanos) {
    int start = Fields.beginItem(out);
    Fields.writeName(out, operation.map());
    Fields.writeNumber(out, operation.shard());
    out.writeLong(operation.client());
    Fields.writeNumber(out, operation.seq());
    Fields.writeSigned(out, operation.seq() - operation.doneBelow());
    Fields.writeNumber(out, operation.minEpoch());
    Fields.writeSigned(out, operation.ageMillis());
    Fields.writeSigned(out, operation.deadlineNanos() - nowNanos);
    RequestCodec.write(out, operation.request());
    Fields.endItem(out, start);
  }

  /**
   * Reads the next operation; {@code in} stands behind it afterwards.
   *
   * @param nowNanos the time of the clock that the deadline is to be measured by; it becomes {@link
   *     Operation#givenUpNanos}
   * @throws WireException if the bytes are not an operation
   */
  public static Operation read(ByteBuf in, long nowNanos, MapNames names) {
    return Fields.readItem(in, item -> readFields(item, nowNanos, names));
  }

  private static Operation readFields(ByteBuf in, long nowNanos, MapNames names) {
    String map = names.read(in);
    int shard = Fields.readSmall(in, "shard", Integer.MAX_VALUE);
    long client = Fields.readLong(in);
    long seq = Fields.readNumber(in);
    long doneBelow = seq - Fields.readSigned(in);
    long minEpoch = Fields.readNumber(in);
    long ageMillis = Fields.readSigned(in);
    long deadlineNanos = Operation.givenUpNanos(nowNanos, Fields.readSigned(in));
    Request request = RequestCodec.read(in);
    return new Operation(
        map, shard, client, seq, doneBelow, minEpoch, ageMillis, deadlineNanos, request);
  }
}
