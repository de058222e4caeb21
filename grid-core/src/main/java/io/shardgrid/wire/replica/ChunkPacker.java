package io.shardgrid.wire.replica;

import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;

/**
 * Packs entries into the bytes of a chunk, once for the whole way: they are sent as they are, and
 * taken apart where they are stored.
 *
 * <p>Confined to whoever reads the chunk.
 */
public final class ChunkPacker {

  /* An entry: key and value behind their lengths, version, deadline (signed). */
  private final WireWriter out;
  private int entries;

  /** Takes an entry; may keep the arrays. */
  public interface Reader {
    void entry(byte[] key, byte[] value, long version, long deadlineMillis);
  }

  /** Begins an empty chunk of about so many bytes. */
  public ChunkPacker(int bytes) {
    out = new WireWriter(bytes);
  }

  /** Adds an entry. */
  public void add(byte[] key, byte[] value, long version, long deadlineMillis) {
    out.writeBytes(key);
    out.writeBytes(value);
    out.writeNumber(version);
    out.writeSigned(deadlineMillis);
    entries++;
  }

  /** Bytes that the entries take so far. */
  public int bytes() {
    return out.length();
  }

  /** The entries so far, all of one map. */
  public CopyItem.Chunk chunk(String map) {
    byte[] packed = out.toBytes();
    return new CopyItem.Chunk(map, entries, packed, CopyItem.Chunk.crcOf(map, entries, packed));
  }

  static void unpack(byte[] packed, int entries, Reader reader) {
    WireReader in = new WireReader(packed);
    for (int entry = 0; entry < entries; entry++) {
      reader.entry(in.readBytes(), in.readBytes(), in.readNumber(), in.readSigned());
    }
    in.requireEnd();
  }
}
