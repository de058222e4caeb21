package io.shardgrid.wire.resp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects, or skips, the bytes of one bulk string as they arrive.
 *
 * <p>Holds at most twice what has arrived (or 4 KiB), whatever was announced, and copies each byte
 * a constant number of times on average. Not thread-safe.
 */
final class BulkBody {

  private static final byte[] NOTHING = {};
  private static final int FIRST_BYTES_MAX = 4 << 10;
  private static final int CRLF = 0x0D0A;

  private byte[] bytes = NOTHING;
  private int length;
  private int filled;
  private boolean isKept;

  /** Starts a bulk string of {@code length} bytes; one that is not kept leaves no trace. */
  void expect(int length, boolean isKept) {
    this.length = length;
    this.isKept = isKept;
    filled = 0;
  }

  /**
   * Consumes what has arrived and returns whether that was the last byte and the line end.
   *
   * @throws RespProtocolException if no line end stands behind the last byte
   */
  boolean readFrom(ByteBuf in) {
    int arrived = Math.min(length - filled, in.readableBytes());
    if (isKept) {
      reserve(arrived);
      in.readBytes(bytes, filled, arrived);
    } else {
      in.skipBytes(arrived);
    }
    filled += arrived;
    if (filled < length || in.readableBytes() < 2) {
      return false;
    }
    if (in.readUnsignedShort() != CRLF) {
      throw RespProtocolException.lost("bulk string has no line end: bulkBytes=" + length);
    }
    return true;
  }

  /** Hands over the bytes of a bulk string that was kept and is complete. */
  byte[] take() {
    byte[] taken = bytes;
    bytes = NOTHING;
    return taken;
  }

  private void reserve(int arrived) {
    int needed = filled + arrived;
    if (needed > bytes.length) {
      long room = needed == length ? length : Math.max(FIRST_BYTES_MAX, 2L * needed);
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, room));
    }
  }
}
