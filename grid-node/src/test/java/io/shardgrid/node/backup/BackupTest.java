package io.shardgrid.node.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.node.backup.RestorePlan.Mode;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of grids in this process, and restores into others of another number of shards. */
final class BackupTest {

  private final Path directory;
  private final SampleCluster source = new SampleCluster(16, 42);
  private final SampleCluster other = new SampleCluster(5, 4711);

  BackupTest(@TempDir Path directory) {
    this.directory = directory.resolve("backup");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restoresIntoAnotherNumberOfShardsWithEqualDigests(boolean isCompressing) throws Exception {
    source.fill(18_000);
    Backup.Made made =
        source.backUp(new BackupPlan(directory, 3, 0, isCompressing, false, done -> {}));
    assertThat(made.manifest().entries()).isEqualTo(18_000 + 1_800 + 36);
    assertThat(made.manifest().maps())
        .extracting(Manifest.MapPart::name)
        .containsExactly("photos", "sessions", "towns");

    Restore.Restored restored = other.restore(directory, Mode.EMPTY);

    assertThat(restored.isEqual()).isTrue();
    assertThat(restored.written()).isEqualTo(made.manifest().entries());
    assertThat(other.entries()).isEqualTo(made.manifest().entries());
    Answer.Entry session = (Answer.Entry) source.find("sessions", "session-100");
    Answer.Entry again = (Answer.Entry) other.find("sessions", "session-100");
    assertThat(again.deadlineMillis()).isEqualTo(session.deadlineMillis()).isPositive();
  }

  @Test
  void holdsEachShardAsItWasAfterOneWriteWhileAllIsWritten() throws Exception {
    source.fill(3_000);
    AtomicBoolean isDone = new AtomicBoolean();
    Thread writer = new Thread(() -> writeUntil(isDone));
    writer.start();
    Backup.Made made;
    try {
      made = source.backUp(directory);
    } finally {
      isDone.set(true);
      writer.join();
    }
    // Each file was compared with its shard's digest at the sequence in it; here once more.
    new Verification(directory, 2).run(bytes -> {});
    assertThat(made.manifest().files()).hasSize(16).allMatch(file -> file.sequence() > 0);
    assertThat(other.restore(directory, Mode.EMPTY).isEqual()).isTrue();
  }

  private void writeUntil(AtomicBoolean isDone) {
    for (int i = 0; !isDone.get(); i++) {
      source.put("towns", "town-" + i % 3_500, "changed " + i);
      if (i % 7 == 0) {
        source.put("towns", "town-" + i % 900, "later", System.currentTimeMillis() + 3_600_000);
      }
    }
  }

  @Test
  void leavesOutWhatHasExpired() throws Exception {
    source.fill(200);
    long soon = System.currentTimeMillis() + 300;
    source.put("sessions", "short", "lived", soon);
    source.backUp(directory);
    while (System.currentTimeMillis() <= soon) {
      Thread.onSpinWait();
    }
    Restore.Restored restored = other.restore(directory, Mode.EMPTY);
    assertThat(restored.isEqual()).isTrue();
    assertThat(restored.expired()).isOne();
    assertThat(other.find("sessions", "short")).isInstanceOf(Answer.Absent.class);
  }

  @Test
  void refusesMapsThatAreNotEmptyUnlessItIsTold() throws Exception {
    source.fill(300);
    source.backUp(directory);
    other.put("towns", "town-1", "mine");
    other.put("towns", "elsewhere", "mine");
    other.put("others", "x", "y");
    assertThatThrownBy(() -> other.restore(directory, Mode.EMPTY))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("towns=2")
        .hasMessageContaining("--overwrite");
    assertThat(other.entries()).isEqualTo(3);

    Restore.Restored merged = other.restore(directory, Mode.MERGE);
    assertThat(merged.isEqual()).isTrue();
    assertThat(other.entries()).isEqualTo(300 + 30 + 1 + 2);
    assertThat(other.find("towns", "elsewhere")).isInstanceOf(Answer.Entry.class);

    Restore.Restored overwritten = other.restore(directory, Mode.OVERWRITE);
    assertThat(overwritten.isEqual()).isTrue();
    assertThat(other.entries()).isEqualTo(300 + 30 + 1 + 1);
    assertThat(other.find("others", "x")).isInstanceOf(Answer.Entry.class);
  }

  @Test
  void tellsThatDigestsDiffer() throws Exception {
    source.fill(100);
    source.backUp(directory);
    Manifest manifest = new Verification(directory, 2).run(bytes -> {});
    other.restore(directory, Mode.EMPTY);
    other.put("towns", "town-7", "another value");
    List<Restore.MapVerdict> verdicts =
        new ContentCheck(other.shards, directory, manifest, 2)
            .run(java.util.Set.of("photos", "towns"));
    assertThat(verdicts)
        .filteredOn(verdict -> !verdict.isEqual())
        .extracting(Restore.MapVerdict::map)
        .containsExactly("towns");
  }

  @Test
  void goesOnWithABackupThatWasBrokenOff() throws Exception {
    source.fill(500);
    source.backUp(directory);
    Files.delete(directory.resolve(ManifestFile.NAME));
    Files.delete(directory.resolve(ShardFile.name(3)));
    damage(directory.resolve(ShardFile.name(4)), 100);
    Files.writeString(Durable.partial(directory, ShardFile.name(3)), "half of it");
    assertThatThrownBy(() -> other.restore(directory, Mode.EMPTY))
        .isInstanceOf(DamagedBackupException.class)
        .hasMessageContaining("manifest.json is missing");
    assertThatThrownBy(() -> source.backUp(directory))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--resume");
    Backup.Made made = source.backUp(new BackupPlan(directory, 2, 0, false, true, done -> {}));
    assertThat(made.takenOver()).isEqualTo(14);
    assertThat(other.restore(directory, Mode.EMPTY).isEqual()).isTrue();
  }

  @Test
  void mixesNoBackups() throws Exception {
    source.fill(100);
    source.backUp(directory);
    assertThatThrownBy(() -> source.backUp(directory))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("finished backup");
    Files.delete(directory.resolve(ManifestFile.NAME));
    SampleCluster stranger = new SampleCluster(16, 1);
    assertThatThrownBy(
            () -> stranger.backUp(new BackupPlan(directory, 2, 0, false, true, done -> {})))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("another cluster");
  }

  @Test
  void takesNoFileOfAnotherBackup() throws Exception {
    source.fill(100);
    source.backUp(directory);
    source.put("towns", "town-1", "later");
    Path later = directory.resolveSibling("later");
    source.backUp(later);
    int changed = source.shards.of("town-1".getBytes(UTF_8));
    Files.copy(
        later.resolve(ShardFile.name(changed)),
        directory.resolve(ShardFile.name(changed)),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> other.restore(directory, Mode.EMPTY))
        .hasMessageContaining(ShardFile.name(changed));
    assertThat(other.entries()).isZero();
  }

  /** Every part of every kind of file: header, chunk, end, manifest; cut off; missing. */
  @Test
  void namesTheFileThatIsDamagedAndRestoresNothing() throws Exception {
    source.fill(400);
    source.backUp(directory);
    for (String name : List.of(ShardFile.name(0), ShardFile.name(9), ManifestFile.NAME)) {
      Path file = directory.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      int[] places = {
        0, 7, 8, 9, 12, 21, 22, 30, whole.length / 3, whole.length / 2, whole.length - 1
      };
      for (int place : places) {
        damage(file, place);
        assertNamed(name);
        Files.write(file, whole);
      }
      for (int length : new int[] {0, 5, 8, 20, whole.length / 2, whole.length - 1}) {
        Files.write(file, java.util.Arrays.copyOf(whole, length));
        assertNamed(name);
      }
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 1));
      assertNamed(name);
      Files.delete(file);
      assertNamed(name);
      Files.write(file, whole);
    }
    assertThat(other.restore(directory, Mode.EMPTY).isEqual()).isTrue();
  }

  private static void damage(Path file, int place) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[place] ^= 0x10;
    Files.write(file, bytes);
  }

  private void assertNamed(String name) {
    assertThatThrownBy(() -> other.restore(directory, Mode.EMPTY))
        .isInstanceOf(DamagedBackupException.class)
        .hasMessageStartingWith(name);
    assertThat(other.entries()).isZero();
  }

  @Test
  void namesAllFilesThatAreDamaged() throws Exception {
    source.fill(400);
    source.backUp(directory);
    damage(directory.resolve(ShardFile.name(2)), 60);
    Files.delete(directory.resolve(ShardFile.name(11)));
    assertThatThrownBy(() -> other.restore(directory, Mode.EMPTY))
        .hasMessageContaining(ShardFile.name(2) + " is damaged")
        .hasMessageContaining(ShardFile.name(11) + " is missing");
  }

  @Test
  void leavesNoPartialFiles() throws Exception {
    source.fill(50);
    source.backUp(directory);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(Durable.PARTIAL)).hasSize(17);
    }
  }
}
