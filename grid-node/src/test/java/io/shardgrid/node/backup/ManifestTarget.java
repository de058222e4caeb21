package io.shardgrid.node.backup;

import io.shardgrid.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Manifests, damaged or forged with a checksum that is right: read, or called damaged; without a
 * right one none is read. What is read says of a directory without files that it is damaged.
 */
final class ManifestTarget implements FuzzTarget {

  private static final String SEAL = ",\n  \"sha256\" : \"";
  private static final String TAIL = "\"\n}\n";

  private final Path directory;
  private final Path file;

  ManifestTarget() throws IOException {
    directory = Files.createTempDirectory("shardgrid-fuzz");
    file = directory.resolve(ManifestFile.NAME);
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    Manifest manifest =
        new Manifest(
            1,
            Manifest.CONSISTENCY,
            "test",
            2,
            1,
            "2a",
            "2026-01-31T10:00:00Z",
            "2026-01-31T10:00:01Z",
            5,
            600,
            List.of(new Manifest.MapPart("towns", 5, 1, "0f", "lru", 0)),
            List.of(part(0), part(1)));
    ManifestFile.write(directory, manifest);
    return List.of(Files.readAllBytes(file));
  }

  private static Manifest.FilePart part(int shard) {
    return new Manifest.FilePart(
        shard, ShardFile.name(shard), 300, "ab", 9, 100, "2026-01-31T10:00:00Z", 2, "0f");
  }

  @Override
  public boolean run(byte[] input) throws Exception {
    Files.write(file, input);
    Manifest manifest;
    try {
      manifest = ManifestFile.read(directory);
    } catch (DamagedBackupException e) {
      return false;
    }
    try {
      new Verification(directory, 1).run(bytes -> {});
      if (!manifest.files().isEmpty()) {
        throw new AssertionError("whole without files: " + manifest);
      }
    } catch (DamagedBackupException e) {
      // There are no files, so that is what it has to say.
    }
    ManifestFile.write(directory, manifest);
    if (!ManifestFile.read(directory).equals(manifest)) {
      throw new AssertionError("does not come back: " + manifest);
    }
    return true;
  }

  @Override
  public byte[] repaired(byte[] input, RandomGenerator random) {
    String text = new String(input, StandardCharsets.UTF_8);
    int sealAt = text.lastIndexOf(SEAL);
    if (sealAt < 0) {
      return input;
    }
    String body = text.substring(0, sealAt);
    String sum = Sha256.of(body.getBytes(StandardCharsets.UTF_8));
    return (body + SEAL + sum + TAIL).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (2L << 20) + (4L << 10) * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 1_000_000;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(directory);
  }
}
