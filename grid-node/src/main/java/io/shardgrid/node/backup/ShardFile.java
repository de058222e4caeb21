package io.shardgrid.node.backup;

import io.shardgrid.bucket.EntrySums;
import io.shardgrid.key.Digest;
import io.shardgrid.node.backup.ShardEnd.MapEnd;
import io.shardgrid.wire.Answer.Changed;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.replica.CopyItem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of a shard, and takes nothing for an entry that the shard did not hold at the end.
 * Not thread-safe. Holds one block, and the keys that were written while the shard was read.
 */
final class ShardFile {

  /*
   * magic | HEADER | CHUNK or CHANGES ... | END
   *
   * The stream in which the shard was read out: chunks of entries in the form of copies, and the
   * keys that were written meanwhile. It is read twice, once for the changes, once for all. The sum
   * over what is handed over has to be the digest that the primary has told for the last write in
   * the file: so a file that passes holds what the shard held after that write, exactly.
   */
  static final byte[] MAGIC = "SHGRDBK1".getBytes(StandardCharsets.US_ASCII);

  private static final int BUFFER_BYTES = 256 << 10;

  private final Path path;

  /** Takes an entry; may keep the arrays. */
  interface Visitor {
    void entry(String map, byte[] key, byte[] value, long version, long deadlineMillis)
        throws IOException;
  }

  /** Takes a block. */
  private interface BlockVisitor {
    void block(Block block) throws IOException;
  }

  /** What a file says it is. */
  record Frame(ShardHeader header, ShardEnd end) {}

  ShardFile(Path path) {
    this.path = path;
  }

  /** The name of the file of a shard. */
  static String name(int shard) {
    return String.format(Locale.ROOT, "shard-%05d.sgb", shard);
  }

  /**
   * Reads the whole file and compares what it holds with the digests in it.
   *
   * @throws DamagedBackupException if it is not what was written
   */
  Frame verify() throws IOException {
    Map<String, EntrySums> sums = new HashMap<>();
    Frame frame =
        forEach(
            (map, key, value, version, deadline) ->
                sums.computeIfAbsent(map, EntrySums::new).add(key, value, version, deadline));
    compare(frame.end(), sums);
    return frame;
  }

  private static void compare(ShardEnd end, Map<String, EntrySums> sums) {
    Digest digest = Digest.ZERO;
    for (EntrySums sum : sums.values()) {
      digest = digest.plus(sum.entries());
    }
    long named = 0;
    for (MapEnd map : end.maps()) {
      EntrySums sum = sums.getOrDefault(map.name(), new EntrySums(map.name()));
      named += sum.count();
      if (sum.count() != map.entries() || !sum.contents().equals(map.content())) {
        throw new DamagedBackupException(
            "its entries are not those of the shard: map=%s, entries=%d, wanted=%d, content=%s, wanted=%s"
                .formatted(map.name(), sum.count(), map.entries(), sum.contents(), map.content()));
      }
    }
    long all = sums.values().stream().mapToLong(EntrySums::count).sum();
    if (!digest.equals(end.digest()) || named != all) {
      throw new DamagedBackupException(
          "its entries are not those of the shard: digest=" + digest + ", wanted=" + end.digest());
    }
  }

  /**
   * Hands over each entry that the shard held at the end, once. Whoever has not verified the file
   * before may get some that it did not hold before the damage is seen.
   *
   * @throws DamagedBackupException if it is not what was written
   */
  Frame forEach(Visitor visitor) throws IOException {
    try {
      ChangedKeys changed = new ChangedKeys();
      readBlocks(
          block -> {
            if (block.kind() == Block.Kind.CHANGES) {
              changesOf(block).forEach(changed::add);
            }
          });
      long[] ordinal = {0};
      return readBlocks(
          block -> {
            if (block.kind() == Block.Kind.CHUNK) {
              visitChunk(block, changed, visitor);
            } else if (block.kind() == Block.Kind.CHANGES) {
              for (Changed change : changesOf(block)) {
                ordinal[0]++;
                visitChange(change, ordinal[0], changed, visitor);
              }
            }
          });
    } catch (WireException | ChangedKeys.TooManyChangesException e) {
      throw new DamagedBackupException("is damaged: " + e.getMessage(), e);
    }
  }

  private Frame readBlocks(BlockVisitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        BlockReader blocks = new BlockReader(in, MAGIC.length)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new DamagedBackupException("is damaged, or no file of a backup: offset=0");
      }
      Block first = blocks.next();
      if (first == null || first.kind() != Block.Kind.HEADER) {
        throw new DamagedBackupException("is damaged, it has no header");
      }
      ShardHeader header = ShardHeader.of(first.payload());
      return new Frame(header, readToEnd(blocks, visitor));
    }
  }

  private static ShardEnd readToEnd(BlockReader blocks, BlockVisitor visitor) throws IOException {
    @Nullable ShardEnd end = null;
    for (Block block = blocks.next(); block != null; block = blocks.next()) {
      if (end != null || block.kind() == Block.Kind.HEADER) {
        throw new DamagedBackupException("is damaged, a block stands where none may");
      }
      if (block.kind() == Block.Kind.END) {
        end = ShardEnd.of(block.payload());
      } else {
        visitor.block(block);
      }
    }
    if (end == null) {
      throw new DamagedBackupException("is cut off: its last block is missing");
    }
    return end;
  }

  private static void visitChunk(Block block, ChangedKeys changed, Visitor visitor)
      throws IOException {
    CopyItem.Chunk chunk = chunkOf(block);
    try {
      chunk.forEach(
          (key, value, version, deadline) -> {
            if (changed.isLast(chunk.map(), key, version)) {
              try {
                visitor.entry(chunk.map(), key, value, version, deadline);
              } catch (IOException e) {
                throw new Unchecked(e);
              }
            }
          });
    } catch (Unchecked e) {
      throw e.failure;
    }
  }

  private static void visitChange(
      Changed change, long ordinal, ChangedKeys changed, Visitor visitor) throws IOException {
    byte[] value = change.value();
    byte[] key = change.key();
    if (key != null && value != null && changed.isLast(change, ordinal)) {
      visitor.entry(change.map(), key, value, change.version(), change.deadlineMillis());
    }
  }

  private static CopyItem.Chunk chunkOf(Block block) {
    WireReader in = new WireReader(block.payload());
    CopyItem.Chunk chunk =
        new CopyItem.Chunk(
            in.readName(),
            in.readSmall("entries of a chunk", Block.PAYLOAD_BYTES_MAX),
            in.readBytes(),
            in.readInt());
    in.requireEnd();
    if (!chunk.isIntact()) {
      throw new DamagedBackupException("is damaged, a chunk is not what was read");
    }
    return chunk;
  }

  private static List<Changed> changesOf(Block block) {
    WireReader in = new WireReader(block.payload());
    List<Changed> changes =
        in.readList(
            one ->
                new Changed(
                    one.readName(),
                    one.readNullable(),
                    one.readNullable(),
                    one.readNumber(),
                    one.readSigned()));
    in.requireEnd();
    return changes;
  }

  /** Brings what a visitor throws out of a chunk. */
  private static final class Unchecked extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException failure;

    Unchecked(IOException failure) {
      super(failure);
      this.failure = Objects.requireNonNull(failure);
    }
  }
}
