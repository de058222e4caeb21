package io.shardgrid.node.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.shardgrid.key.Digest;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What two clusters hold, compared by the digests that they keep up to date themselves: over keys,
 * values and deadlines of all entries, without versions. Immutable.
 *
 * @param maps map by map
 * @param shards the shards that differ, if both have as many; else null
 */
public record DigestComparison(List<MapLine> maps, @Nullable List<Integer> shards) {

  /** One map. */
  public record MapLine(
      String map, long entries, long otherEntries, String digest, String otherDigest) {

    /** Whether both hold the same. */
    @JsonProperty
    public boolean same() {
      return digest.equals(otherDigest) && entries == otherEntries;
    }
  }

  /** What a map or a shard of it holds. */
  private record Content(long entries, Digest digest) {
    static final Content NONE = new Content(0, Digest.ZERO);

    Content plus(Content other) {
      return new Content(entries + other.entries, digest.plus(other.digest));
    }
  }

  public DigestComparison {
    maps = List.copyOf(maps);
    shards = shards == null ? null : List.copyOf(shards);
  }

  /** Whether both hold the same. */
  @JsonProperty
  public boolean same() {
    return maps.stream().allMatch(MapLine::same);
  }

  /**
   * Compares two clusters. Blocks. Where something is written meanwhile, equal clusters may differ.
   *
   * @param parallel shards that are asked at once
   * @throws io.shardgrid.failure.GridException if a cluster does not answer
   */
  public static DigestComparison of(RoutedShards one, RoutedShards other, int parallel)
      throws Exception {
    List<Map<String, Content>> ofOne = contents(one, parallel);
    List<Map<String, Content>> ofOther = contents(other, parallel);
    Map<String, Content> all = sum(ofOne);
    Map<String, Content> otherAll = sum(ofOther);
    TreeSet<String> names = new TreeSet<>(all.keySet());
    names.addAll(otherAll.keySet());
    List<MapLine> lines = new ArrayList<>();
    for (String name : names) {
      Content found = all.getOrDefault(name, Content.NONE);
      Content otherFound = otherAll.getOrDefault(name, Content.NONE);
      if (found.entries > 0 || otherFound.entries > 0) {
        lines.add(
            new MapLine(
                name,
                found.entries,
                otherFound.entries,
                found.digest.toString(),
                otherFound.digest.toString()));
      }
    }
    return new DigestComparison(lines, differing(ofOne, ofOther));
  }

  private static @Nullable List<Integer> differing(
      List<Map<String, Content>> one, List<Map<String, Content>> other) {
    if (one.size() != other.size()) {
      return null;
    }
    List<Integer> differing = new ArrayList<>();
    for (int shard = 0; shard < one.size(); shard++) {
      if (!one.get(shard).equals(other.get(shard))) {
        differing.add(shard);
      }
    }
    return differing;
  }

  private static List<Map<String, Content>> contents(RoutedShards shards, int parallel)
      throws Exception {
    return Workers.run(
        parallel,
        shards.count(),
        shard -> {
          Answer.Description found = Patience.ask(() -> shards.describe(shard));
          Map<String, Content> maps = new TreeMap<>();
          for (Answer.MapLine line : found.maps()) {
            if (line.entries() > 0) {
              maps.put(line.name(), new Content(line.entries(), line.content()));
            }
          }
          return maps;
        });
  }

  private static Map<String, Content> sum(List<Map<String, Content>> shards) {
    Map<String, Content> all = new TreeMap<>();
    shards.forEach(
        shard -> shard.forEach((map, content) -> all.merge(map, content, Content::plus)));
    return all;
  }
}
