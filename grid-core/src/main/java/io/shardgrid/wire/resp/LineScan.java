package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of a line that arrives in pieces without looking at a byte twice.
 *
 * <p>Between two calls that found no end, bytes may be added behind and read bytes discarded, but
 * none consumed. Not thread-safe.
 */
final class LineScan {

  private final int bytesMax;

  /** Bytes behind the reader index that are known to hold no LF. */
  private int scanned;

  LineScan(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * The length of the line at the reader index, its LF included, or 0 when its end has not arrived.
   *
   * @throws RespProtocolException if the line is longer than allowed
   */
  int find(ByteBuf in) {
    int start = in.readerIndex();
    int arrived = Math.min(in.readableBytes(), bytesMax);
    int at = in.indexOf(start + scanned, start + arrived, (byte) '\n');
    if (at >= 0) {
      scanned = 0;
      return at - start + 1;
    }
    if (arrived == bytesMax) {
      throw RespProtocolException.lost(
          "line is too long: inlineBytesMax=" + bytesMax + ", lineBytes>" + bytesMax);
    }
    scanned = arrived;
    return 0;
  }
}
