package io.shardgrid.wire.replica;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.shardgrid.wire.Fields;

/**
 * Packs entries into the bytes of a chunk, once for the whole way: they are sent as they are, and
 * taken apart where they are stored.
 *
 * <p>Confined to whoever reads the chunk.
 */
public final class ChunkPacker {

  /* An entry: key and value behind their lengths, version, deadline (signed). */
  private final ByteBuf out;
  private int entries;

  /** Takes an entry; may keep the arrays. */
  public interface Reader {
    void entry(byte[] key, byte[] value, long version, long deadlineMillis);
  }

  /** Begins an empty chunk of about so many bytes. */
  public ChunkPacker(int bytes) {
    out = Unpooled.buffer(bytes);
  }

  /** Adds an entry. */
  public void add(byte[] key, byte[] value, long version, long deadlineMillis) {
    Fields.writeBytes(out, key);
    Fields.writeBytes(out, value);
    Fields.writeNumber(out, version);
    Fields.writeSigned(out, deadlineMillis);
    entries++;
  }

  /** Bytes that the entries take so far. */
  public int bytes() {
    return out.readableBytes();
  }

  /** The entries so far, all of one map. */
  public CopyItem.Chunk chunk(String map) {
    byte[] packed = ByteBufUtil.getBytes(out);
    return new CopyItem.Chunk(map, entries, packed, CopyItem.Chunk.crcOf(map, entries, packed));
  }

  static void unpack(byte[] packed, int entries, Reader reader) {
    ByteBuf in = Unpooled.wrappedBuffer(packed);
    for (int entry = 0; entry < entries; entry++) {
      reader.entry(
          Fields.readBytes(in), Fields.readBytes(in), Fields.readNumber(in), Fields.readSigned(in));
    }
    Fields.requireEnd(in);
  }
}
