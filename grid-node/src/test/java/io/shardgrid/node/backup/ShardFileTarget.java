package io.shardgrid.node.backup;

import io.shardgrid.bucket.EntrySums;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.replica.ChunkPacker;
import io.shardgrid.wire.replica.CopyItem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * Files of shards, damaged or forged with checksums that are right: one that passes holds the
 * entries whose digest it tells, and no other error comes than that it is damaged.
 */
final class ShardFileTarget implements FuzzTarget {

  private static final String MAP = "towns";
  private static final int LENGTH_AT = 6;
  private static final int CRC_AT = 10;

  private final Path path;
  private final TreeMap<String, String> entries = new TreeMap<>();
  private Digest digest = Digest.ZERO;

  ShardFileTarget() throws IOException {
    path = Files.createTempFile("shardgrid-fuzz", ".sgb");
  }

  private byte[] file(boolean isCompressing) throws IOException {
    ShardHeader header = new ShardHeader("test", 8, 42, 3, 7, 1_000);
    EntrySums all = new EntrySums(MAP);
    try (ShardFileWriter writer = ShardFileWriter.begin(path, header, isCompressing)) {
      ChunkPacker packer = new ChunkPacker(64);
      for (int i = 0; i < 8; i++) {
        byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
        byte[] value = "v".repeat(i * 5).getBytes(StandardCharsets.UTF_8);
        packer.add(key, value, 2 + i, i % 2 == 0 ? 0 : 5_000);
        if (i != 3) {
          all.add(key, value, 2 + i, i % 2 == 0 ? 0 : 5_000);
        }
      }
      CopyItem.Chunk chunk = packer.chunk(MAP);
      byte[] changed = "key-3".getBytes(StandardCharsets.UTF_8);
      byte[] later = "later".getBytes(StandardCharsets.UTF_8);
      all.add(changed, later, 50, 0);
      writer.add(
          new Answer.Exported(
              ExportPosition.START,
              1,
              MAP,
              chunk.entries(),
              chunk.packed(),
              chunk.crc(),
              List.of(new Answer.Changed(MAP, changed, later, 50, 0)),
              null));
      ShardEnd.MapEnd map =
          new ShardEnd.MapEnd(
              MAP,
              all.count(),
              4,
              all.contents(),
              new MapSettings(EvictionPolicy.NONE, MapSettings.UNLIMITED));
      writer.finish(new ShardEnd(9, 100, 2_000, all.entries(), List.of(map)));
    }
    return Files.readAllBytes(path);
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = List.of(file(false), file(true));
    Files.write(path, seeds.get(0));
    read(entries);
    digest = new ShardFile(path).verify().end().digest();
    if (entries.size() != 8) {
      throw new AssertionError("not written: " + entries);
    }
    return seeds;
  }

  private ShardFile.Frame read(Map<String, String> into) throws IOException {
    return new ShardFile(path)
        .forEach(
            (map, key, value, version, deadline) ->
                into.put(map + "/" + text(key), text(value) + "@" + version + "!" + deadline));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean run(byte[] input) throws IOException {
    Files.write(path, input);
    ShardFile.Frame frame;
    try {
      frame = new ShardFile(path).verify();
    } catch (DamagedBackupException e) {
      return false;
    }
    TreeMap<String, String> found = new TreeMap<>();
    read(found);
    boolean isSame = frame.end().digest().equals(digest);
    if (isSame && !found.equals(entries)) {
      throw new AssertionError("wrong entries: " + found);
    }
    if (found.size() != frame.end().entries()) {
      throw new AssertionError("entries: " + found.size() + ", told=" + frame.end().entries());
    }
    return true;
  }

  /** With all checksums of blocks made right. */
  @Override
  public byte[] repaired(byte[] input, RandomGenerator random) {
    byte[] repaired = input.clone();
    ByteBuffer fields = ByteBuffer.wrap(repaired);
    int at = ShardFile.MAGIC.length;
    while (at + Block.HEADER_BYTES <= repaired.length) {
      int stored = fields.getInt(at + LENGTH_AT);
      if (stored < 0 || stored > repaired.length - at - Block.HEADER_BYTES) {
        break;
      }
      CRC32C crc = new CRC32C();
      crc.update(repaired, at, CRC_AT);
      crc.update(repaired, at + Block.HEADER_BYTES, stored);
      fields.putInt(at + CRC_AT, (int) crc.getValue());
      at += Block.HEADER_BYTES + stored;
    }
    return repaired;
  }

  /** A compressed byte stands for about a thousand; the file is read through a buffer, twice. */
  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (4L << 20) + 1100L * 8 * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 500_000 + 5_000L * inputBytes;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
