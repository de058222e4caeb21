package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Feeds a decoder as a connection does, in pieces, and collects what comes out. */
final class Fragments {

  private Fragments() {}

  /** Commands as lists of Latin-1 strings, errors as text; nothing comes after a lost stream. */
  static List<Object> commands(RespLimits limits, byte[] bytes, int... pieces) {
    RespRequestDecoder decoder = new RespRequestDecoder(limits);
    return feed(
        in -> {
          byte[][] args = decoder.decode(in);
          return args == null ? null : latin(args);
        },
        bytes,
        pieces);
  }

  /** Replies as they are, errors as text. */
  static List<Object> replies(RespLimits limits, int depthMax, byte[] bytes, int... pieces) {
    RespReplyDecoder decoder = new RespReplyDecoder(limits, depthMax);
    return feed(decoder::decode, bytes, pieces);
  }

  /** Pieces of the given sizes, again and again; all bytes at once without sizes. */
  private static List<Object> feed(
      Function<ByteBuf, @Nullable Object> decoder, byte[] bytes, int... pieces) {
    List<Object> outcomes = new ArrayList<>();
    ByteBuf in = Unpooled.buffer(16);
    int at = 0;
    for (int turn = 0; at < bytes.length; turn++) {
      int wanted = pieces.length == 0 ? bytes.length : pieces[turn % pieces.length];
      int piece = Math.min(wanted, bytes.length - at);
      in.writeBytes(bytes, at, piece);
      at += piece;
      if (!drain(decoder, in, outcomes)) {
        return outcomes;
      }
      in.discardReadBytes();
    }
    return outcomes;
  }

  private static boolean drain(
      Function<ByteBuf, @Nullable Object> decoder, ByteBuf in, List<Object> outcomes) {
    while (true) {
      try {
        Object outcome = decoder.apply(in);
        if (outcome == null) {
          return true;
        }
        outcomes.add(outcome);
      } catch (RespProtocolException e) {
        outcomes.add((e.isResynchronisable() ? "refused, " : "lost, ") + e.getMessage());
        if (!e.isResynchronisable()) {
          return false;
        }
      }
    }
  }

  static List<String> latin(byte[]... args) {
    List<String> words = new ArrayList<>();
    for (byte[] arg : args) {
      words.add(new String(arg, StandardCharsets.ISO_8859_1));
    }
    return words;
  }

  static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  static ByteBuf buffer(String latin) {
    return Unpooled.wrappedBuffer(bytes(latin));
  }

  /** Bytes that a reading allocates on this thread once all classes it needs are loaded. */
  static long allocatedBytes(Runnable reading) {
    reading.run();
    long before = allocatedBytes();
    reading.run();
    return allocatedBytes() - before;
  }

  /** Bytes that this thread has allocated so far. */
  static long allocatedBytes() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
