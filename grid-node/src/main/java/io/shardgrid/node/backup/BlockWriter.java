package io.shardgrid.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Writes blocks one after the other. Confined to one thread; closed with {@link #close}. */
final class BlockWriter implements AutoCloseable {

  private static final int SLACK_BYTES = 64;

  private final OutputStream out;
  private final Deflater deflater;
  private final boolean isCompressing;
  private final ByteBuffer header = ByteBuffer.allocate(Block.HEADER_BYTES);

  /**
   * Writes to {@code out}, which it does not close.
   *
   * @param isCompressing whether payloads are compressed where that makes them smaller
   */
  BlockWriter(OutputStream out, boolean isCompressing) {
    this.out = out;
    this.isCompressing = isCompressing;
    this.deflater = new Deflater(Deflater.BEST_SPEED, true);
  }

  /** Adds a block. O(bytes). */
  void write(Block.Kind kind, byte[] payload) throws IOException {
    if (payload.length > Block.PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException("a block is too large: bytes=" + payload.length);
    }
    byte[] stored = payload;
    int length = payload.length;
    if (isCompressing && payload.length > SLACK_BYTES) {
      byte[] smaller = new byte[payload.length];
      int bytes = deflated(payload, smaller);
      if (bytes < payload.length) {
        stored = smaller;
        length = bytes;
      }
    }
    write(kind, payload, stored, length);
  }

  private void write(Block.Kind kind, byte[] payload, byte[] stored, int length)
      throws IOException {
    header
        .clear()
        .put((byte) kind.code())
        .put((byte) (stored == payload ? 0 : 1))
        .putInt(payload.length)
        .putInt(length);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    crc.update(stored, 0, length);
    header.putInt((int) crc.getValue());
    out.write(header.array());
    out.write(stored, 0, length);
  }

  /** Bytes of the compressed form, or as many as it has room for if there are more. */
  private int deflated(byte[] payload, byte[] room) {
    deflater.reset();
    deflater.setInput(payload);
    deflater.finish();
    int bytes = deflater.deflate(room);
    return deflater.finished() ? bytes : payload.length;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
