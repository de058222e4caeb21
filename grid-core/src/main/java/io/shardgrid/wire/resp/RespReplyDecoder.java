package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the replies and pushes of one server, RESP2 or RESP3, from the bytes that have arrived.
 *
 * <p>Bytes are consumed as they are understood, and what was read of a reply is kept until the rest
 * arrives. A string over {@code bulkBytesMax}, or one with which the reply would exceed {@code
 * frameBytesMax}, is skipped and becomes {@link RespValue.Oversized}; the other limits end the
 * stream. Attributes are read and dropped. Streamed strings and aggregates, of unknown length, are
 * not understood. What is held grows with what has arrived, not with announced lengths. One decoder
 * a connection; not thread-safe.
 */
public final class RespReplyDecoder {

  private static final int LINE_END_BYTES = 2;

  private final RespLimits limits;
  private final int depthMax;
  private final LineScan line;
  private final BulkBody bulk = new BulkBody();
  private final Deque<Aggregate> open = new ArrayDeque<>();
  private byte bulkType;
  private boolean isInBulk;
  private @Nullable RespValue oversized;
  private @Nullable RespValue finished;
  private long frameBytes;
  private @Nullable RespProtocolException lost;

  /** A decoder that reads at most {@code depthMax} aggregates inside each other. */
  public RespReplyDecoder(RespLimits limits, int depthMax) {
    this.limits = limits;
    this.depthMax = depthMax;
    line = new LineScan(limits.inlineBytesMax());
  }

  /**
   * The next reply or push, or null when more bytes are needed.
   *
   * <p>Call it until it returns null. Between calls bytes may be added to {@code in} and read bytes
   * discarded, nothing else.
   *
   * @throws RespProtocolException when the stream makes no sense or exceeds a limit; it can not be
   *     resynchronised, and every further call throws too
   */
  public @Nullable RespValue decode(ByteBuf in) {
    if (lost != null) {
      throw lost;
    }
    try {
      while (finished == null) {
        if (!advance(in)) {
          return null;
        }
      }
    } catch (RespProtocolException e) {
      lost = e;
      throw e;
    }
    RespValue reply = finished;
    finished = null;
    frameBytes = 0;
    return reply;
  }

  /** Reads one line or the rest of one string; false when more bytes are needed. */
  private boolean advance(ByteBuf in) {
    if (isInBulk) {
      return endBulk(in);
    }
    if (!in.isReadable()) {
      return false;
    }
    byte type = in.getByte(in.readerIndex());
    return switch (type) {
      case '$', '!', '=' -> beginBulk(in, type);
      case '*', '~', '%', '>', '|' -> beginAggregate(in, type);
      case '+', '-', ':', ',', '(', '#', '_' -> readLine(in, type);
      default -> throw RespProtocolException.lost("unknown type: typeByte=" + (type & 0xFF));
    };
  }

  private boolean readLine(ByteBuf in, byte type) {
    int lineBytes = line.find(in);
    if (lineBytes == 0) {
      return false;
    }
    int start = in.readerIndex();
    int end = start + lineBytes - LINE_END_BYTES;
    if (end <= start || in.getByte(end) != '\r') {
      throw RespProtocolException.lost("line ends without CR: lineBytes=" + lineBytes);
    }
    count(lineBytes);
    RespValue value = RespScalar.ofLine(type, in, start + 1, end);
    in.skipBytes(lineBytes);
    complete(value);
    return true;
  }

  private boolean beginBulk(ByteBuf in, byte type) {
    int start = in.readerIndex();
    int length = LengthLine.read(in);
    if (length == LengthLine.INCOMPLETE) {
      return false;
    }
    count(in.readerIndex() - start);
    if (length == LengthLine.ABSENT) {
      completeAbsent(type);
      return true;
    }
    oversized = checkSizes(length);
    if (oversized == null) {
      count(length + LINE_END_BYTES);
    }
    bulk.expect(length, oversized == null);
    bulkType = type;
    isInBulk = true;
    return true;
  }

  private @Nullable RespValue checkSizes(int length) {
    if (length > limits.bulkBytesMax()) {
      return new RespValue.Oversized(
          "bulk string is too large: bulkBytesMax="
              + limits.bulkBytesMax()
              + ", bulkBytes="
              + length);
    }
    long total = frameBytes + length + LINE_END_BYTES;
    if (total > limits.frameBytesMax()) {
      return new RespValue.Oversized(
          "reply is too large: frameBytesMax=" + limits.frameBytesMax() + ", frameBytes>=" + total);
    }
    return null;
  }

  private boolean endBulk(ByteBuf in) {
    if (!bulk.readFrom(in)) {
      return false;
    }
    isInBulk = false;
    complete(oversized == null ? bulkValue(bulk.take()) : oversized);
    return true;
  }

  private RespValue bulkValue(byte[] bytes) {
    return switch (bulkType) {
      case '!' -> RespScalar.failure(new String(bytes, StandardCharsets.UTF_8));
      case '=' -> RespScalar.verbatim(bytes);
      default -> new RespValue.Bulk(bytes);
    };
  }

  private boolean beginAggregate(ByteBuf in, byte type) {
    int start = in.readerIndex();
    int length = LengthLine.read(in);
    if (length == LengthLine.INCOMPLETE) {
      return false;
    }
    count(in.readerIndex() - start);
    if (length == LengthLine.ABSENT) {
      completeAbsent(type);
      return true;
    }
    long items = type == '%' || type == '|' ? 2L * length : length;
    if (items > limits.argsMax()) {
      throw RespProtocolException.lost(
          "aggregate has too many items: argsMax=" + limits.argsMax() + ", items=" + items);
    }
    if (items > 0) {
      push(new Aggregate(type, (int) items));
    } else if (type != '|') {
      complete(new RespValue.Items(Aggregate.kindOf(type), List.of()));
    }
    return true;
  }

  private void push(Aggregate aggregate) {
    if (open.size() == depthMax) {
      throw RespProtocolException.lost(
          "reply is too deep: depthMax=" + depthMax + ", depth>" + depthMax);
    }
    open.push(aggregate);
  }

  private void completeAbsent(byte type) {
    if (type != '$' && type != '*') {
      throw RespProtocolException.lost("type knows no null: typeByte=" + type);
    }
    complete(RespScalar.NULL);
  }

  /** Puts a value where it belongs, and with it each aggregate of which it is the last item. */
  private void complete(RespValue value) {
    RespValue complete = value;
    while (!open.isEmpty()) {
      Aggregate innermost = open.element();
      innermost.items.add(complete);
      if (innermost.items.size() < innermost.count) {
        return;
      }
      open.pop();
      if (innermost.type == '|') {
        return;
      }
      complete = new RespValue.Items(Aggregate.kindOf(innermost.type), innermost.items);
    }
    finished = complete;
  }

  private void count(int bytes) {
    frameBytes += bytes;
    if (frameBytes > limits.frameBytesMax()) {
      throw RespProtocolException.lost(
          "reply is too large: frameBytesMax="
              + limits.frameBytesMax()
              + ", frameBytes>="
              + frameBytes);
    }
  }

  /** An aggregate whose items have not all arrived. */
  private static final class Aggregate {

    private static final int FIRST_ITEMS_MAX = 16;

    private final byte type;
    private final int count;
    private final List<RespValue> items;

    Aggregate(byte type, int count) {
      this.type = type;
      this.count = count;
      items = new ArrayList<>(Math.min(count, FIRST_ITEMS_MAX));
    }

    static RespValue.Kind kindOf(byte type) {
      return switch (type) {
        case '~' -> RespValue.Kind.SET;
        case '%' -> RespValue.Kind.MAP;
        case '>' -> RespValue.Kind.PUSH;
        default -> RespValue.Kind.ARRAY;
      };
    }
  }
}
