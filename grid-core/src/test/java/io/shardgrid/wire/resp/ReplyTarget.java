package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Replies of servers: however they are cut the same values come, and those come back. */
final class ReplyTarget implements FuzzTarget {

  private static final int SINGLE_BYTES_MAX = 150;
  private static final RespLimits LIMITS = new RespLimits(20, 200, 150, 500);
  private static final int DEPTH_MAX = 5;

  @Override
  public List<byte[]> seeds() {
    return List.of(
        bytes("+OK\r\n:-42\r\n$5\r\nvalue\r\n$-1\r\n*2\r\n:1\r\n*-1\r\n"),
        bytes("%1\r\n+a\r\n,1.5\r\n~2\r\n#t\r\n#f\r\n(12345678901234567890\r\n_\r\n"),
        bytes(">2\r\n$12\r\ngrid.answers\r\n$3\r\nabc\r\n=7\r\ntxt:abc\r\n!5\r\nERR x\r\n"),
        bytes("|1\r\n+ttl\r\n:3\r\n*1\r\n*1\r\n*1\r\n+deep\r\n-MOVED 1 a:2\r\n"),
        bytes("$201\r\n" + "x".repeat(201) + "\r\n,nan\r\n,-inf\r\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean run(byte[] input) {
    List<Object> whole = outcomes(List.of(input));
    List<Object> single = input.length <= SINGLE_BYTES_MAX ? outcomes(Pieces.single(input)) : whole;
    List<Object> some = outcomes(Pieces.some(input));
    if (!whole.equals(single) || !whole.equals(some)) {
      throw new AssertionError("cut: whole=" + whole + ", single=" + single + ", some=" + some);
    }
    return whole.stream().anyMatch(RespValue.class::isInstance);
  }

  private static List<Object> outcomes(List<byte[]> pieces) {
    List<Object> outcomes = new ArrayList<>();
    RespReplyDecoder decoder = new RespReplyDecoder(LIMITS, DEPTH_MAX);
    ByteBuf in = Unpooled.buffer();
    try {
      for (byte[] piece : pieces) {
        in.writeBytes(piece);
        RespValue value = decoder.decode(in);
        while (value != null) {
          requireBack(value);
          outcomes.add(value);
          value = decoder.decode(in);
        }
        in.discardSomeReadBytes();
      }
    } catch (RespProtocolException e) {
      outcomes.add(String.valueOf(e.getMessage()));
    }
    return outcomes;
  }

  private static void requireBack(RespValue value) {
    ByteBuf out = Unpooled.buffer();
    if (write(out, value, 1)) {
      RespLimits wide = new RespLimits(LIMITS.argsMax(), 10_000, 10_000, 100_000);
      RespValue again = new RespReplyDecoder(wide, DEPTH_MAX).decode(out);
      if (!value.equals(again) || out.isReadable()) {
        throw new AssertionError("does not come back: value=" + value + ", again=" + again);
      }
    }
  }

  /** Writes what servers of this project write; false for other values. */
  private static boolean write(ByteBuf out, RespValue value, int depth) {
    if (depth > DEPTH_MAX + 1) {
      throw new AssertionError("too deep: " + depth);
    }
    if (value instanceof RespValue.Null) {
      RespWriter.nil(out, RespVersion.RESP3);
    } else if (value instanceof RespValue.Simple simple) {
      RespWriter.simple(out, simple.text());
      return simple.text().indexOf('\r') < 0;
    } else if (value instanceof RespValue.Failure failure) {
      String text = failure.code() + ' ' + failure.message();
      RespWriter.error(out, text);
      return text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
    } else if (value instanceof RespValue.Int integer) {
      RespWriter.integer(out, integer.value());
    } else if (value instanceof RespValue.Real real) {
      RespWriter.real(out, real.value(), RespVersion.RESP3);
    } else if (value instanceof RespValue.Bool bool) {
      RespWriter.bool(out, bool.value(), RespVersion.RESP3);
    } else if (value instanceof RespValue.Bulk bulk) {
      RespWriter.bulk(out, bulk.bytes());
    } else if (value instanceof RespValue.Items items) {
      return writeItems(out, items, depth);
    } else {
      return false;
    }
    return true;
  }

  private static boolean writeItems(ByteBuf out, RespValue.Items items, int depth) {
    int size = items.items().size();
    switch (items.kind()) {
      case ARRAY -> RespWriter.arrayHeader(out, size);
      case SET -> RespWriter.setHeader(out, size, RespVersion.RESP3);
      case MAP -> RespWriter.mapHeader(out, size / 2, RespVersion.RESP3);
      case PUSH -> RespWriter.pushHeader(out, size, RespVersion.RESP3);
    }
    boolean isKnown = true;
    for (RespValue item : items.items()) {
      isKnown = write(out, item, depth + 1) && isKnown;
    }
    return isKnown;
  }

  @Override
  public int inputBytesMax() {
    return 900;
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (128L << 10) + 1500L * inputBytes;
  }
}
