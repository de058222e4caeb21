package io.shardgrid.node.backup;

import io.shardgrid.bucket.EntrySums;
import io.shardgrid.key.Digest;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares what a cluster holds of some maps with what a backup holds of them, by digests. */
final class ContentCheck {

  /*
   * The digest of an entry's content has no seed, and neither the shard nor the version is in it: so
   * the sum over all shards is the same for every number of shards, and the cluster keeps it up to
   * date itself. Entries whose deadline has come since are gone there or will be in a moment; they
   * are left out here by the cluster's own time, and it is asked again as long as that explains a
   * difference.
   */
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;
  private static final int ATTEMPTS_EXPIRING = 12;

  private final RoutedShards shards;
  private final Path directory;
  private final Manifest manifest;
  private final int parallel;

  /** What one map holds. */
  record Content(long entries, Digest digest) {
    static final Content NONE = new Content(0, Digest.ZERO);

    Content plus(Content other) {
      return new Content(entries + other.entries, digest.plus(other.digest));
    }
  }

  /** What a cluster holds at about one moment. */
  record Holding(Map<String, Content> maps, long wallMillis) {}

  ContentCheck(RoutedShards shards, Path directory, Manifest manifest, int parallel) {
    this.shards = shards;
    this.directory = directory;
    this.manifest = manifest;
    this.parallel = parallel;
  }

  /** Compares these maps of the backup. Blocks. */
  List<Restore.MapVerdict> run(Set<String> maps) throws Exception {
    boolean expires =
        manifest.maps().stream().anyMatch(map -> maps.contains(map.name()) && map.expiring() > 0);
    int attempts = expires ? ATTEMPTS_EXPIRING : ATTEMPTS;
    for (int attempt = 1; ; attempt++) {
      Holding found = holding(shards, parallel);
      Map<String, Content> wanted = expires ? wantedAt(found.wallMillis()) : wanted();
      List<Restore.MapVerdict> verdicts = new ArrayList<>();
      for (String map : maps) {
        verdicts.add(
            Restore.MapVerdict.ofDigests(
                map,
                wanted.getOrDefault(map, Content.NONE),
                found.maps().getOrDefault(map, Content.NONE)));
      }
      if (attempt == attempts || verdicts.stream().allMatch(Restore.MapVerdict::isEqual)) {
        return verdicts;
      }
      Waiting.linger(PAUSE);
    }
  }

  private Map<String, Content> wanted() {
    TreeMap<String, Content> wanted = new TreeMap<>();
    for (Manifest.MapPart map : manifest.maps()) {
      wanted.put(map.name(), new Content(map.entries(), DigestText.parse(map.content())));
    }
    return wanted;
  }

  /** What is left of the backup at a moment. Reads all of its files. */
  private Map<String, Content> wantedAt(long wallMillis) throws Exception {
    List<TreeMap<String, Content>> parts =
        Workers.run(
            parallel,
            manifest.files().size(),
            number -> {
              TreeMap<String, EntrySums> sums = new TreeMap<>();
              Path file = directory.resolve(manifest.files().get(number).file());
              new ShardFile(file)
                  .forEach(
                      (map, key, value, version, deadline) -> {
                        if (deadline == 0 || deadline > wallMillis) {
                          sums.computeIfAbsent(map, EntrySums::new)
                              .add(key, value, version, deadline);
                        }
                      });
              TreeMap<String, Content> part = new TreeMap<>();
              sums.forEach((map, sum) -> part.put(map, new Content(sum.count(), sum.contents())));
              return part;
            });
    TreeMap<String, Content> all = new TreeMap<>();
    parts.forEach(part -> part.forEach((map, content) -> all.merge(map, content, Content::plus)));
    return all;
  }

  /** What a cluster holds now, map by map. */
  static Holding holding(RoutedShards shards, int parallel) throws Exception {
    List<Answer.Description> all =
        Workers.run(parallel, shards.count(), shard -> Patience.ask(() -> shards.describe(shard)));
    TreeMap<String, Content> maps = new TreeMap<>();
    long wallMillis = 0;
    for (Answer.Description one : all) {
      wallMillis = Math.max(wallMillis, one.wallMillis());
      for (Answer.MapLine line : one.maps()) {
        maps.merge(line.name(), new Content(line.entries(), line.content()), Content::plus);
      }
    }
    return new Holding(maps, wallMillis);
  }
}
