package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Commands of clients: however they are cut, the same commands and the same refusals come. */
final class RequestTarget implements FuzzTarget {

  private static final int SINGLE_BYTES_MAX = 150;
  private static final RespLimits LIMITS = new RespLimits(20, 200, 150, 500);

  @Override
  public List<byte[]> seeds() {
    return List.of(
        bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"),
        bytes("PING\r\nset \"a b\\x0a\" 'c\\'d'\r\n\r\n*0\r\n*-1\r\nGET k\n"),
        bytes("*2\r\n$4\r\nECHO\r\n$201\r\n" + "x".repeat(201) + "\r\nPING\r\n"),
        bytes("*21\r\n" + "$1\r\na\r\n".repeat(21) + "PING\r\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean run(byte[] input) {
    List<String> whole = outcomes(List.of(input));
    List<String> single = input.length <= SINGLE_BYTES_MAX ? outcomes(Pieces.single(input)) : whole;
    List<String> some = outcomes(Pieces.some(input));
    if (!whole.equals(single) || !whole.equals(some)) {
      throw new AssertionError("cut: whole=" + whole + ", single=" + single + ", some=" + some);
    }
    return whole.stream().anyMatch(one -> one.startsWith("["));
  }

  /** What is read: commands, as text, and refusals. Commands come back when they are written. */
  private static List<String> outcomes(List<byte[]> pieces) {
    List<String> outcomes = new ArrayList<>();
    RespRequestDecoder decoder = new RespRequestDecoder(LIMITS);
    ByteBuf in = Unpooled.buffer();
    for (byte[] piece : pieces) {
      in.writeBytes(piece);
      boolean isMore = true;
      while (isMore) {
        isMore = step(decoder, in, outcomes);
      }
      in.discardSomeReadBytes();
    }
    return outcomes;
  }

  private static boolean step(RespRequestDecoder decoder, ByteBuf in, List<String> outcomes) {
    try {
      byte[][] command = decoder.decode(in);
      if (command == null) {
        return false;
      }
      requireWithin(command);
      outcomes.add(text(command));
      return true;
    } catch (RespProtocolException e) {
      boolean isLost = !e.isResynchronisable();
      if (!isLost || outcomes.isEmpty() || !outcomes.get(outcomes.size() - 1).startsWith("lost")) {
        outcomes.add((isLost ? "lost " : "refused ") + e.getMessage());
      }
      return !isLost;
    }
  }

  private static void requireWithin(byte[][] command) {
    if (command.length == 0 || command.length > LIMITS.argsMax()) {
      throw new AssertionError("arguments: " + command.length);
    }
    ByteBuf out = Unpooled.buffer();
    RespWriter.command(out, command);
    RespLimits wide = new RespLimits(LIMITS.argsMax(), 10_000, 10_000, 100_000);
    byte[][] again = new RespRequestDecoder(wide).decode(out);
    if (again == null || !Arrays.deepEquals(again, command) || out.isReadable()) {
      throw new AssertionError("does not come back: " + text(command));
    }
    for (byte[] arg : command) {
      if (arg.length > LIMITS.bulkBytesMax()) {
        throw new AssertionError("too large: " + arg.length);
      }
    }
  }

  private static String text(byte[][] command) {
    return Arrays.stream(command)
        .map(arg -> new String(arg, StandardCharsets.ISO_8859_1))
        .toList()
        .toString();
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
