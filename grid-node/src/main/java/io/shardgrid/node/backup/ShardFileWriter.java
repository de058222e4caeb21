package io.shardgrid.node.backup;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.replica.ChunkPacker;
import io.shardgrid.wire.replica.CopyItem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the stretches of a shard that is read out into its file. Confined to one thread; until
 * {@link #finish} the file is not whole.
 */
final class ShardFileWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int CHANGES_BYTES = 64 << 10;
  private static final int PART_BYTES = 1 << 20;

  private final FileChannel file;
  private final OutputStream out;
  private final BlockWriter blocks;
  private final ChangedKeys changed = new ChangedKeys();

  private ShardFileWriter(FileChannel file, boolean isCompressing) {
    this.file = file;
    this.out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
    this.blocks = new BlockWriter(out, isCompressing);
  }

  /** Begins a file; what was there is gone. */
  static ShardFileWriter begin(Path path, ShardHeader header, boolean isCompressing)
      throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    ShardFileWriter writer = new ShardFileWriter(file, isCompressing);
    try {
      writer.out.write(ShardFile.MAGIC);
      writer.blocks.write(Block.Kind.HEADER, header.toBytes());
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Adds a stretch.
   *
   * @throws DamagedBackupException if its chunk is not what the primary has read
   * @throws ChangedKeys.TooManyChangesException if more keys have changed than are held
   */
  void add(Answer.Exported stretch) throws IOException {
    List<Answer.Changed> changes = stretch.changes();
    for (int from = 0; from < changes.size(); ) {
      from = writeChanges(changes, from);
    }
    if (stretch.entries() > 0) {
      writeChunk(
          new CopyItem.Chunk(stretch.map(), stretch.entries(), stretch.packed(), stretch.crc()));
    }
  }

  /** Writes as many changes as a block holds; returns the number of the first one left. */
  private int writeChanges(List<Answer.Changed> changes, int from) throws IOException {
    List<Answer.Changed> some = new ArrayList<>();
    long bytes = 0;
    int next = from;
    while (next < changes.size() && bytes < CHANGES_BYTES) {
      Answer.Changed change = changes.get(next);
      changed.add(change);
      some.add(change);
      byte[] value = change.value();
      bytes += change.map().length() + (value == null ? 0 : value.length) + 1;
      next++;
    }
    WireWriter payload = new WireWriter((int) bytes + CHANGES_BYTES);
    payload.writeList(
        some,
        (to, change) -> {
          to.writeName(change.map());
          to.writeNullable(change.key());
          to.writeNullable(change.value());
          to.writeNumber(change.version());
          to.writeSigned(change.deadlineMillis());
        });
    blocks.write(Block.Kind.CHANGES, payload.toBytes());
    return next;
  }

  private void writeChunk(CopyItem.Chunk chunk) throws IOException {
    if (!chunk.isIntact()) {
      throw new DamagedBackupException("A chunk has changed on its way here: map=" + chunk.map());
    }
    if (chunk.packed().length <= PART_BYTES) {
      writePart(chunk);
      return;
    }
    // A bucket of large values: taken apart, so that no block is larger than an entry.
    List<CopyItem.Chunk> parts = new ArrayList<>();
    chunk.forEach(
        (key, value, version, deadline) -> {
          ChunkPacker one = new ChunkPacker(key.length + value.length + 64);
          one.add(key, value, version, deadline);
          parts.add(one.chunk(chunk.map()));
        });
    for (CopyItem.Chunk part : parts) {
      writePart(part);
    }
  }

  private void writePart(CopyItem.Chunk chunk) throws IOException {
    WireWriter payload = new WireWriter(chunk.packed().length + 1024);
    payload.writeName(chunk.map());
    payload.writeNumber(chunk.entries());
    payload.writeBytes(chunk.packed());
    payload.writeInt(chunk.crc());
    blocks.write(Block.Kind.CHUNK, payload.toBytes());
  }

  /** Writes the last block, and waits until the disk has it all. */
  void finish(ShardEnd end) throws IOException {
    blocks.write(Block.Kind.END, end.toBytes());
    out.flush();
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    blocks.close();
    file.close();
  }
}
