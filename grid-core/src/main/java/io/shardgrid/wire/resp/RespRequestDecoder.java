package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the commands of one client from the bytes that have arrived so far.
 *
 * <p>Commands are arrays of bulk strings, or inline: a line of words. Bytes are consumed as they
 * are understood, and what was read of a command is kept until the rest arrives: no byte is looked
 * at twice except in a length's line. Allocates nothing but arguments for arrays, and never more
 * than about twice what has arrived, whatever lengths were announced. One decoder a connection; not
 * thread-safe.
 */
public final class RespRequestDecoder {

  private static final byte[][] NO_ARGS = {};
  private static final int FIRST_ARGS_MAX = 16;
  private static final int LINE_END_BYTES = 2;

  private final RespLimits limits;
  private final LineScan line;
  private final BulkBody bulk = new BulkBody();
  private byte[][] args = NO_ARGS;

  /** Announced arguments of the command being read; equal to {@code argsDone} between commands. */
  private int argsCount;

  private int argsDone;
  private boolean isInBulk;
  private long frameBytes;
  private @Nullable String refusal;
  private @Nullable RespProtocolException lost;

  public RespRequestDecoder(RespLimits limits) {
    this.limits = limits;
    line = new LineScan(limits.inlineBytesMax());
  }

  /**
   * The next command's arguments, at least one, or null when more bytes are needed.
   *
   * <p>Call it until it returns null. Between calls bytes may be added to {@code in} and read bytes
   * discarded, nothing else. Empty commands are passed over.
   *
   * @throws RespProtocolException for a command over a limit when its last byte has been skipped
   *     (resynchronisable), or when the stream makes no sense: then every further call throws too
   */
  public byte @Nullable [][] decode(ByteBuf in) {
    if (lost != null) {
      throw lost;
    }
    try {
      return next(in);
    } catch (RespProtocolException e) {
      lost = e.isResynchronisable() ? null : e;
      throw e;
    }
  }

  private byte @Nullable [][] next(ByteBuf in) {
    while (argsDone == argsCount) {
      if (!in.isReadable()) {
        return null;
      }
      if (in.getByte(in.readerIndex()) == '*') {
        if (!beginArray(in)) {
          return null;
        }
      } else {
        byte[][] words = inline(in);
        if (words == null || words.length > 0) {
          return words;
        }
      }
    }
    while (argsDone < argsCount) {
      if (!readArgument(in)) {
        return null;
      }
    }
    return finish();
  }

  private byte @Nullable [][] inline(ByteBuf in) {
    int lineBytes = line.find(in);
    if (lineBytes == 0) {
      return null;
    }
    byte[] text = new byte[lineBytes - 1];
    in.readBytes(text).skipBytes(1);
    return InlineSplitter.split(text, limits.argsMax());
  }

  private boolean beginArray(ByteBuf in) {
    int start = in.readerIndex();
    int count = LengthLine.read(in);
    if (count == LengthLine.INCOMPLETE) {
      return false;
    }
    argsCount = Math.max(count, 0);
    argsDone = 0;
    frameBytes = (long) in.readerIndex() - start;
    if (argsCount > limits.argsMax()) {
      refuse("too many arguments: argsMax=" + limits.argsMax() + ", args=" + argsCount);
    } else {
      args = argsCount == 0 ? NO_ARGS : new byte[Math.min(argsCount, FIRST_ARGS_MAX)][];
    }
    return true;
  }

  private boolean readArgument(ByteBuf in) {
    if (!isInBulk && !beginBulk(in)) {
      return false;
    }
    if (!bulk.readFrom(in)) {
      return false;
    }
    isInBulk = false;
    if (refusal == null) {
      if (argsDone == args.length) {
        args = Arrays.copyOf(args, (int) Math.min(argsCount, 2L * args.length));
      }
      args[argsDone] = bulk.take();
    }
    argsDone++;
    return true;
  }

  private boolean beginBulk(ByteBuf in) {
    if (!in.isReadable()) {
      return false;
    }
    int start = in.readerIndex();
    byte type = in.getByte(start);
    if (type != '$') {
      throw RespProtocolException.lost(
          "argument is no bulk string: typeByte=" + (type & 0xFF) + ", argument=" + argsDone);
    }
    int length = LengthLine.read(in);
    if (length == LengthLine.INCOMPLETE) {
      return false;
    }
    if (length == LengthLine.ABSENT) {
      throw RespProtocolException.lost("argument has no bytes: argument=" + argsDone);
    }
    checkSizes(length, in.readerIndex() - start);
    bulk.expect(length, refusal == null);
    isInBulk = true;
    return true;
  }

  private void checkSizes(int length, int headerBytes) {
    frameBytes += headerBytes + (long) length + LINE_END_BYTES;
    if (length > limits.bulkBytesMax()) {
      refuse(
          "bulk string is too large: bulkBytesMax="
              + limits.bulkBytesMax()
              + ", bulkBytes="
              + length);
    } else if (frameBytes > limits.frameBytesMax()) {
      refuse(
          "command is too large: frameBytesMax="
              + limits.frameBytesMax()
              + ", frameBytes>="
              + frameBytes);
    }
  }

  /**
   * What has been read is dropped and the rest of the command is skipped; the first reason stays.
   */
  private void refuse(String reason) {
    if (refusal == null) {
      refusal = reason;
      args = NO_ARGS;
    }
  }

  private byte[][] finish() {
    String reason = refusal;
    byte[][] finished = args;
    refusal = null;
    args = NO_ARGS;
    argsCount = 0;
    argsDone = 0;
    if (reason != null) {
      throw RespProtocolException.refused(reason);
    }
    return finished;
  }
}
