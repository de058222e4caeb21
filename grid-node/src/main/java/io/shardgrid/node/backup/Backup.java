package io.shardgrid.node.backup;

import io.shardgrid.key.Charter;
import io.shardgrid.node.backup.ChangedKeys.TooManyChangesException;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.ExportPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a cluster holds into files, shard by shard, while it is used. One instance makes one
 * backup.
 */
public final class Backup {

  /*
   * Each shard is pulled from its primary as a learner is filled: chunks, and what was written
   * meanwhile. What came is in a file with a temporary name; it is read back, and only if the sum
   * over its entries is the digest that the primary told for the last write in it, it gets its
   * name. The manifest comes last: without it there is no backup.
   *
   * A primary that moves or crashes, or has not kept the writes, has the shard begin anew. Only the
   * stretches that are under way are in memory, one a shard that is being read.
   */
  private static final int STRETCH_BYTES = 1 << 20;
  private static final int ATTEMPTS = 10;
  private static final Duration PACE = Duration.ofMillis(10);

  private final RoutedShards shards;
  private final Charter charter;
  private final BackupPlan plan;
  private final Clock clock;
  private final BytePace pace;
  private final AtomicInteger begunAnew = new AtomicInteger();
  private final AtomicInteger takenOver = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  /**
   * What was made.
   *
   * @param begunAnew how often a shard had to be read from its beginning again
   * @param takenOver files that were there already
   */
  public record Made(Manifest manifest, int begunAnew, int takenOver) {}

  private record Part(Manifest.FilePart file, ShardEnd end) {}

  /** A backup of the cluster with this charter. */
  public Backup(RoutedShards shards, Charter charter, BackupPlan plan, Clock clock) {
    this.shards = shards;
    this.charter = charter;
    this.plan = plan;
    this.clock = clock;
    this.pace = new BytePace(plan.bytesPerSecond());
  }

  /**
   * Makes it. Blocks.
   *
   * @throws CommandException if the directory is in use, or a shard cannot be read
   * @throws io.shardgrid.failure.GridException if the cluster does not answer
   */
  public Made run() throws Exception {
    requireFree();
    String startedAt = now();
    List<Part> parts =
        Workers.run(
            plan.parallel(),
            shards.count(),
            shard -> {
              Part part = backUp(shard);
              plan.progress().accept(done.incrementAndGet());
              return part;
            });
    List<Manifest.MapPart> maps = Manifest.sumUp(parts.stream().map(Part::end).toList());
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            Manifest.CONSISTENCY,
            charter.cluster(),
            charter.shards(),
            charter.backups(),
            "%016x".formatted(charter.hashSeed()),
            startedAt,
            now(),
            maps.stream().mapToLong(Manifest.MapPart::entries).sum(),
            parts.stream().mapToLong(part -> part.file().bytes()).sum(),
            maps,
            parts.stream().map(Part::file).toList());
    ManifestFile.write(plan.directory(), manifest);
    return new Made(manifest, begunAnew.get(), takenOver.get());
  }

  private String now() {
    return Instant.ofEpochMilli(clock.millis()).toString();
  }

  private void requireFree() throws IOException {
    Path directory = plan.directory();
    if (!Files.exists(directory)) {
      Files.createDirectories(directory);
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new CommandException(ExitCode.USAGE, "DIR: is no directory: found=" + directory);
    }
    if (Files.exists(directory.resolve(ManifestFile.NAME))) {
      throw new CommandException(
          ExitCode.USAGE, "DIR: has a finished backup, name another directory: found=" + directory);
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (!plan.isResuming() && files.findAny().isPresent()) {
        throw new CommandException(
            ExitCode.USAGE,
            "DIR: is not empty; name another directory, or go on with a backup that was broken off"
                + " by --resume: found="
                + directory);
      }
    }
  }

  private Part backUp(int shard) throws Exception {
    Part there = plan.isResuming() ? takeOver(shard) : null;
    if (there != null) {
      takenOver.incrementAndGet();
      return there;
    }
    String problem = "none";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        begunAnew.incrementAndGet();
      }
      try {
        ShardEnd end = read(shard);
        if (end != null) {
          return publish(shard, end);
        }
        problem = "its primary has changed, or has not kept its writes";
      } catch (DamagedBackupException | TooManyChangesException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    throw new CommandException(
        ExitCode.FAILED,
        "A shard could not be read as a whole; try again when less is written or moved, with --resume:"
            + " shard=%d, attempts=%d, last=%s".formatted(shard, ATTEMPTS, problem));
  }

  /** A file that is whole already, of this cluster and shard; else null. */
  private @Nullable Part takeOver(int shard) throws IOException {
    Path file = plan.directory().resolve(ShardFile.name(shard));
    if (!Files.exists(file)) {
      return null;
    }
    try {
      ShardFile.Frame frame = new ShardFile(file).verify();
      ShardHeader header = frame.header();
      boolean isOurs =
          header.cluster().equals(charter.cluster())
              && header.hashSeed() == charter.hashSeed()
              && header.shards() == charter.shards()
              && header.shard() == shard;
      if (!isOurs) {
        throw new CommandException(
            ExitCode.USAGE,
            "DIR: has files of another cluster, name another directory: file=%s, cluster=%s, hashSeed=%016x"
                .formatted(file, header.cluster(), header.hashSeed()));
      }
      return part(shard, frame.end(), file);
    } catch (DamagedBackupException e) {
      return null;
    }
  }

  /** Writes a partial file; null if the shard has to be begun anew. */
  private @Nullable ShardEnd read(int shard) throws IOException, InterruptedException {
    Path file = Durable.partial(plan.directory(), ShardFile.name(shard));
    Answer.Exported stretch = ask(shard, ExportPosition.START);
    try (ShardFileWriter writer =
        ShardFileWriter.begin(file, header(shard, stretch), plan.isCompressing())) {
      while (!stretch.isVoid()) {
        writer.add(stretch);
        Answer.Description end = stretch.end();
        if (end != null) {
          ShardEnd known = ShardEnd.of(stretch.epoch(), end);
          writer.finish(known);
          return known;
        }
        if (stretch.map().isEmpty()) {
          Waiting.linger(PACE);
        }
        stretch = ask(shard, stretch.next());
      }
      return null;
    }
  }

  private Answer.Exported ask(int shard, ExportPosition from) throws InterruptedException {
    Answer.Exported stretch = Patience.ask(() -> shards.export(shard, from, STRETCH_BYTES));
    Waiting.linger(pace.read(AnswerCodec.bytesMax(stretch), System.nanoTime()));
    return stretch;
  }

  private ShardHeader header(int shard, Answer.Exported first) {
    return new ShardHeader(
        charter.cluster(),
        charter.shards(),
        charter.hashSeed(),
        shard,
        first.next().seat(),
        clock.millis());
  }

  /** Reads the file back, and gives it its name. */
  private Part publish(int shard, ShardEnd end) throws IOException {
    Path directory = plan.directory();
    String name = ShardFile.name(shard);
    new ShardFile(Durable.partial(directory, name)).verify();
    Durable.publish(directory, name);
    return part(shard, end, directory.resolve(name));
  }

  private static Part part(int shard, ShardEnd end, Path file) throws IOException {
    return new Part(
        new Manifest.FilePart(
            shard,
            ShardFile.name(shard),
            Files.size(file),
            Sha256.of(file),
            end.epoch(),
            end.sequence(),
            Instant.ofEpochMilli(end.wallMillis()).toString(),
            end.entries(),
            end.digest().toString()),
        end);
  }
}
