package io.shardgrid.node.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Checks every file of a backup against its manifest, and that all entries decode. */
public final class Verification {

  private static final int NAMED_MAX = 20;

  private final Path directory;
  private final int parallel;

  /**
   * Checks what stands in a directory.
   *
   * @param parallel files that are read at once
   */
  public Verification(Path directory, int parallel) {
    this.directory = directory;
    this.parallel = parallel;
  }

  /**
   * Reads all of it. Blocks.
   *
   * @param progress told how many bytes of files have been read, by any thread
   * @throws DamagedBackupException if a file is not what was written; names it, and further ones
   */
  public Manifest run(LongConsumer progress) throws Exception {
    if (!Files.isDirectory(directory)) {
      throw new DamagedBackupException("There is no such directory: " + directory);
    }
    Manifest manifest = ManifestFile.read(directory);
    requireWhole(manifest);
    List<String> problems = new ArrayList<>();
    List<ShardEnd> ends = new ArrayList<>();
    List<Checked> all =
        Workers.run(
            parallel,
            manifest.files().size(),
            number -> {
              Checked checked = check(manifest, manifest.files().get(number));
              progress.accept(manifest.files().get(number).bytes());
              return checked;
            });
    for (Checked one : all) {
      if (one instanceof Intact intact) {
        ends.add(intact.end());
      } else if (one instanceof Damaged damaged) {
        problems.add(damaged.problem());
      }
    }
    if (!problems.isEmpty()) {
      throw new DamagedBackupException(text(problems));
    }
    if (!Manifest.sumUp(ends).equals(manifest.maps())) {
      throw new DamagedBackupException(
          ManifestFile.NAME + " is damaged: its maps are not those of the files");
    }
    return manifest;
  }

  /** How a file is. */
  private sealed interface Checked {}

  private record Intact(ShardEnd end) implements Checked {}

  private record Damaged(String problem) implements Checked {}

  private static String text(List<String> problems) {
    String first = String.join("; ", problems.subList(0, Math.min(NAMED_MAX, problems.size())));
    int more = problems.size() - NAMED_MAX;
    return more > 0 ? first + "; and " + more + " more files" : first;
  }

  private static void requireWhole(Manifest manifest) {
    Set<Integer> shards = new HashSet<>();
    for (Manifest.FilePart file : manifest.files()) {
      if (!file.file().equals(ShardFile.name(file.shard()))) {
        throw new DamagedBackupException(
            ManifestFile.NAME + " is damaged: it names a file that none has: " + file.file());
      }
      shards.add(file.shard());
    }
    if (shards.size() != manifest.shards() || manifest.files().size() != manifest.shards()) {
      throw new DamagedBackupException(
          "%s is damaged: it names %d files of %d shards"
              .formatted(ManifestFile.NAME, manifest.files().size(), manifest.shards()));
    }
  }

  private Checked check(Manifest manifest, Manifest.FilePart wanted) throws IOException {
    Path file = directory.resolve(wanted.file());
    try {
      if (!Files.isRegularFile(file)) {
        return new Damaged(wanted.file() + " is missing");
      }
      long bytes = Files.size(file);
      if (bytes != wanted.bytes()) {
        return new Damaged(
            "%s is damaged: it has another length: bytes=%d, wanted=%d"
                .formatted(wanted.file(), bytes, wanted.bytes()));
      }
      ShardFile.Frame frame = new ShardFile(file).verify();
      String sum = Sha256.of(file);
      if (!sum.equals(wanted.sha256())) {
        return new Damaged(
            "%s is damaged: sha256=%s, wanted=%s".formatted(wanted.file(), sum, wanted.sha256()));
      }
      return isOf(manifest, wanted, frame)
          ? new Intact(frame.end())
          : new Damaged(wanted.file() + " belongs to another backup");
    } catch (DamagedBackupException e) {
      return new Damaged(wanted.file() + " " + e.getMessage());
    }
  }

  private static boolean isOf(Manifest manifest, Manifest.FilePart wanted, ShardFile.Frame frame) {
    return frame.header().cluster().equals(manifest.cluster())
        && frame.header().shards() == manifest.shards()
        && frame.header().shard() == wanted.shard()
        && frame.end().sequence() == wanted.sequence()
        && frame.end().entries() == wanted.entries()
        && frame.end().digest().toString().equals(wanted.digest());
  }
}
