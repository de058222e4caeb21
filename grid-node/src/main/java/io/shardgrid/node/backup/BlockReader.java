package io.shardgrid.node.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads blocks one after the other, and takes none that is not as it was written. Confined to one
 * thread. Never holds more than one block, of {@link Block#PAYLOAD_BYTES_MAX} at most.
 */
final class BlockReader implements AutoCloseable {

  private static final String END_WITHIN = "ends within a block, it is cut off: offset=";

  /** A byte of deflate stands for so many at most: "zlib Technical Details", Maximum Expansion. */
  private static final long EXPANSION_MAX = 1032;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private long offset;

  /**
   * Reads from {@code in}, which it does not close.
   *
   * @param offset where the first block begins, for messages
   */
  BlockReader(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /**
   * The next block; null if there is none.
   *
   * @throws DamagedBackupException if what comes is no block as it was written
   */
  @Nullable Block next() throws IOException {
    byte[] header = in.readNBytes(Block.HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < Block.HEADER_BYTES) {
      throw damaged(END_WITHIN);
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    Block.Kind kind = Block.Kind.of(fields.get());
    int isCompressed = fields.get();
    int length = fields.getInt();
    int stored = fields.getInt();
    boolean makesSense =
        (isCompressed == 0 ? stored == length : isCompressed == 1 && stored < length)
            && length <= stored * EXPANSION_MAX
            && length >= 0
            && stored >= 0
            && length <= Block.PAYLOAD_BYTES_MAX;
    if (kind == null || !makesSense) {
      throw damaged("is damaged, no block begins where one should: offset=");
    }
    byte[] payload = in.readNBytes(stored);
    if (payload.length < stored) {
      throw damaged(END_WITHIN);
    }
    CRC32C crc = new CRC32C();
    crc.update(header, 0, fields.position());
    crc.update(payload);
    if ((int) crc.getValue() != fields.getInt()) {
      throw damaged("is damaged, a block is not what was written: offset=");
    }
    Block block = new Block(kind, isCompressed == 0 ? payload : inflated(payload, length));
    offset += (long) Block.HEADER_BYTES + stored;
    return block;
  }

  private byte[] inflated(byte[] payload, int length) {
    byte[] room = new byte[length];
    inflater.reset();
    inflater.setInput(payload);
    try {
      int bytes = inflater.inflate(room);
      boolean isWhole = bytes == length && (inflater.finished() || isAtEnd());
      if (isWhole) {
        return room;
      }
    } catch (DataFormatException e) {
      throw new DamagedBackupException(
          "is damaged, a block cannot be decompressed: offset=" + offset, e);
    }
    throw damaged("is damaged, a block has another length: offset=");
  }

  /** The end of the compressed form may not have been read with the last byte. */
  private boolean isAtEnd() throws DataFormatException {
    return inflater.inflate(new byte[1]) == 0 && inflater.finished();
  }

  private DamagedBackupException damaged(String what) {
    return new DamagedBackupException(what + offset);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
