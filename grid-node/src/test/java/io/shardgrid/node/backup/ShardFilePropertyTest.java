package io.shardgrid.node.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.bucket.EntrySums;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.replica.ChunkPacker;
import io.shardgrid.wire.replica.CopyItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Files of a shard that are made of anything, and those that were changed by anything. */
final class ShardFilePropertyTest {

  private static final String MAP = "towns";
  private static final MapSettings PLAIN =
      new MapSettings(EvictionPolicy.NONE, MapSettings.UNLIMITED);

  private record Entry(String key, String value, long version, long deadline) {}

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Writes entries, the even ones in chunks, the odd ones as changes. */
  private static Path write(Path directory, List<Entry> entries, boolean isCompressing)
      throws IOException {
    Path path = directory.resolve("file");
    EntrySums sums = new EntrySums(MAP);
    ShardHeader header = new ShardHeader("test", 8, 42, 3, 7, 1_000);
    try (ShardFileWriter writer = ShardFileWriter.begin(path, header, isCompressing)) {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        ChunkPacker packer = new ChunkPacker(64);
        List<Answer.Changed> changes = new ArrayList<>();
        if (i % 2 == 0) {
          add(packer, entry);
        } else {
          // An older form in a chunk, which the change takes the place of.
          add(packer, new Entry(entry.key(), "old", entry.version() - 1, 0));
          changes.add(
              new Answer.Changed(
                  MAP,
                  bytes(entry.key()),
                  bytes(entry.value()),
                  entry.version(),
                  entry.deadline()));
        }
        sums.add(bytes(entry.key()), bytes(entry.value()), entry.version(), entry.deadline());
        CopyItem.Chunk chunk = packer.chunk(MAP);
        writer.add(
            new Answer.Exported(
                ExportPosition.START,
                1,
                MAP,
                chunk.entries(),
                chunk.packed(),
                chunk.crc(),
                changes,
                null));
      }
      ShardEnd.MapEnd map = new ShardEnd.MapEnd(MAP, entries.size(), 0, sums.contents(), PLAIN);
      writer.finish(new ShardEnd(9, 100, 2_000, sums.entries(), List.of(map)));
    }
    return path;
  }

  private static void add(ChunkPacker packer, Entry entry) {
    packer.add(bytes(entry.key()), bytes(entry.value()), entry.version(), entry.deadline());
  }

  private static List<Entry> entries(Random random) {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      entries.add(
          new Entry(
              "key-" + i,
              "v".repeat(random.nextInt(300)) + random.nextInt(),
              2 + random.nextInt(1_000),
              random.nextInt(3) == 0 ? random.nextLong(1L << 42) : 0));
    }
    return entries;
  }

  private interface Work {
    void on(Path directory) throws IOException;
  }

  private static void inDirectory(Work work) throws IOException {
    Path directory = Files.createTempDirectory("shardgrid-backup");
    try {
      work.on(directory);
    } finally {
      Files.deleteIfExists(directory.resolve("file"));
      Files.delete(directory);
    }
  }

  @Property(tries = 100)
  void handsOverWhatWasWritten(@ForAll long seed, @ForAll boolean isCompressing)
      throws IOException {
    List<Entry> entries = entries(new Random(seed));
    inDirectory(
        directory -> {
          Path path = write(directory, entries, isCompressing);
          List<Entry> found = new ArrayList<>();
          new ShardFile(path).verify();
          new ShardFile(path)
              .forEach(
                  (map, key, value, version, deadline) ->
                      found.add(
                          new Entry(
                              new String(key, UTF_8),
                              new String(value, UTF_8),
                              version,
                              deadline)));
          assertThat(found).containsExactlyInAnyOrderElementsOf(entries);
        });
  }

  /** Some bits, some bytes, a part taken out, put in or cut off: never taken for whole. */
  @Property(tries = 400)
  void takesNoChangedFile(@ForAll long seed, @ForAll boolean isCompressing) throws IOException {
    Random random = new Random(seed);
    List<Entry> entries = entries(random);
    inDirectory(
        directory -> {
          Path path = write(directory, entries, isCompressing);
          byte[] whole = Files.readAllBytes(path);
          byte[] changed = changed(whole, random);
          if (!java.util.Arrays.equals(whole, changed)) {
            Files.write(path, changed);
            assertThatThrownBy(() -> new ShardFile(path).verify())
                .isInstanceOf(DamagedBackupException.class);
          }
        });
  }

  private static byte[] changed(byte[] whole, Random random) {
    int at = random.nextInt(whole.length);
    int length = 1 + random.nextInt(Math.min(64, whole.length - at));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, at);
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    switch (random.nextInt(5)) {
      case 0 -> {
        out.write(whole[at] ^ (1 << random.nextInt(8)));
        out.write(whole, at + 1, whole.length - at - 1);
      }
      case 1 -> {
        out.writeBytes(noise);
        out.write(whole, at + length, whole.length - at - length);
      }
      case 2 -> out.write(whole, at + length, whole.length - at - length);
      case 3 -> {
        out.writeBytes(noise);
        out.write(whole, at, whole.length - at);
      }
      default -> {
        // Cut off here.
      }
    }
    return out.toByteArray();
  }

  /** Damage that has a right checksum: a block's payload is anything. */
  @Property(tries = 400)
  void takesNoForgedBlock(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<Entry> entries = entries(random);
    inDirectory(
        directory -> {
          Path path = write(directory, entries, false);
          byte[] whole = Files.readAllBytes(path);
          byte[] forged = forged(whole, random);
          if (!java.util.Arrays.equals(whole, forged)) {
            Files.write(path, forged);
            try {
              new ShardFile(path).verify();
              // Only what no digest is about: names, seeds, times.
              assertThat(new ShardFile(path).verify().end().entries()).isEqualTo(entries.size());
            } catch (DamagedBackupException e) {
              assertThat(e).hasMessageNotContaining("null");
            }
          }
        });
  }

  private static byte[] forged(byte[] whole, Random random) {
    byte[] forged = whole.clone();
    List<Integer> blocks = new ArrayList<>();
    for (int at = ShardFile.MAGIC.length; at < whole.length; ) {
      blocks.add(at);
      at += Block.HEADER_BYTES + ByteBuffer.wrap(whole).getInt(at + 6);
    }
    int block = blocks.get(random.nextInt(blocks.size()));
    int bytes = ByteBuffer.wrap(whole).getInt(block + 6);
    int place = block + Block.HEADER_BYTES + random.nextInt(bytes);
    forged[place] = (byte) random.nextInt();
    CRC32C crc = new CRC32C();
    crc.update(forged, block, 10);
    crc.update(forged, block + Block.HEADER_BYTES, bytes);
    ByteBuffer.wrap(forged).putInt(block + 10, (int) crc.getValue());
    return forged;
  }

  /** Lengths that promise anything take no more memory than a block may. */
  @Property(tries = 200)
  void takesNoMoreThanABlock(@ForAll byte[] noise, @ForAll @IntRange(max = 5) int kind)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Block.HEADER_BYTES + noise.length);
    header.put((byte) kind).put((byte) 1).putInt(Integer.MAX_VALUE).putInt(noise.length);
    header.putInt(0).put(noise);
    try (BlockReader reader = new BlockReader(new ByteArrayInputStream(header.array()), 0)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(DamagedBackupException.class)
          .hasMessageContaining("offset=0");
    }
  }

  /** With a right checksum, too: nothing is allocated that the bytes cannot stand for. */
  @Property(tries = 100)
  void takesNoLengthThatItsBytesCannotStandFor(
      @ForAll byte[] noise, @ForAll @IntRange(min = 1, max = 64) int stored) throws IOException {
    byte[] payload = java.util.Arrays.copyOf(noise, stored);
    ByteBuffer block = ByteBuffer.allocate(Block.HEADER_BYTES + stored);
    block.put((byte) 2).put((byte) 1).putInt(Block.PAYLOAD_BYTES_MAX).putInt(stored);
    CRC32C crc = new CRC32C();
    crc.update(block.array(), 0, block.position());
    crc.update(payload);
    block.putInt((int) crc.getValue()).put(payload);
    try (BlockReader reader = new BlockReader(new ByteArrayInputStream(block.array()), 0)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(DamagedBackupException.class)
          .hasMessageContaining("no block begins");
    }
  }
}
