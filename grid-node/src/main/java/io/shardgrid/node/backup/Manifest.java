package io.shardgrid.node.backup;

import io.shardgrid.key.MapSettings;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a backup consists of: written last, so that there is none of an incomplete one. Immutable.
 *
 * @param format of the files, 1
 * @param consistency what the state of the files is, for people
 * @param hashSeed of the cluster's tables, hexadecimal
 * @param startedAt when the backup began, ISO 8601
 * @param endedAt when it ended
 * @param entries of all maps
 * @param bytes of all files
 */
public record Manifest(
    int format,
    String consistency,
    String cluster,
    int shards,
    int backups,
    String hashSeed,
    String startedAt,
    String endedAt,
    long entries,
    long bytes,
    List<MapPart> maps,
    List<FilePart> files) {

  static final int FORMAT = 1;
  static final String CONSISTENCY =
      "each shard is as it was after one write of its own, named by its sequence; nothing is promised"
          + " across shards";

  public Manifest {
    maps = List.copyOf(maps);
    files = List.copyOf(files);
  }

  /**
   * One map.
   *
   * @param expiring entries with a deadline
   * @param content digest over key, value and deadline of all its entries, whatever their shards
   * @param eviction its policy in the cluster
   * @param bytesMax its limit in the cluster, 0 for none
   */
  public record MapPart(
      String name, long entries, long expiring, String content, String eviction, long bytesMax) {

    MapPart(String name, long entries, long expiring, String content, MapSettings settings) {
      this(
          name,
          entries,
          expiring,
          content,
          settings.eviction().name().toLowerCase(Locale.ROOT),
          settings.bytesMax() == MapSettings.UNLIMITED ? 0 : settings.bytesMax());
    }
  }

  /**
   * One file: a shard.
   *
   * @param bytes its length
   * @param sha256 of the whole file, hexadecimal
   * @param epoch of the shard's placement
   * @param sequence number of the last write in it
   * @param at the shard's wall time after that write
   * @param digest over all entries with their versions
   */
  public record FilePart(
      int shard,
      String file,
      long bytes,
      String sha256,
      long epoch,
      long sequence,
      String at,
      long entries,
      String digest) {}

  /** Sums the maps of shards up. */
  static List<MapPart> sumUp(List<ShardEnd> shards) {
    TreeMap<String, ShardEnd.MapEnd> sums = new TreeMap<>();
    for (ShardEnd shard : shards) {
      for (ShardEnd.MapEnd map : shard.maps()) {
        sums.merge(
            map.name(),
            map,
            (one, other) ->
                new ShardEnd.MapEnd(
                    one.name(),
                    one.entries() + other.entries(),
                    one.expiring() + other.expiring(),
                    one.content().plus(other.content()),
                    one.settings()));
      }
    }
    return sums.values().stream()
        .map(
            map ->
                new MapPart(
                    map.name(),
                    map.entries(),
                    map.expiring(),
                    map.content().toString(),
                    map.settings()))
        .toList();
  }
}
