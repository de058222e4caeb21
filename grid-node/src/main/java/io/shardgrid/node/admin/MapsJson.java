package io.shardgrid.node.admin;

import io.shardgrid.key.Digest;
import io.shardgrid.key.MapSettings;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.wire.Answer;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /maps} replies, field by field. Immutable.
 *
 * @param node name of the member that answers
 * @param shards how many the cluster has
 * @param shardsAnswering how many of them the sums are over
 * @param known maps there are
 * @param next where to read on, as parameter {@code after}; null if there are no more
 * @param maps by name
 * @param readsSeconds the time that their reads are of, a minute at most; 0 if nobody counts them
 * @param readsWithout members whose reads are missing, which did not answer or count none
 */
record MapsJson(
    String cluster,
    String node,
    int shards,
    int shardsAnswering,
    int known,
    @Nullable String next,
    List<MapJson> maps,
    int readsSeconds,
    List<String> readsWithout) {

  /**
   * One map, over all shards; entries that have expired and were not yet removed count.
   *
   * @param expiring entries with a deadline
   * @param bytes of the entries
   * @param reservedBytes bytes taken for them by primaries
   * @param content digest over key, value and deadline of all entries, 32 hexadecimal digits
   * @param eviction none, lru or lfu
   * @param bytesMax its limit in the cluster; null for none
   * @param reads keys that were read of late
   * @param hitRate share of these that had an entry; null if none was read, or nobody counts them
   */
  record MapJson(
      String name,
      long entries,
      long expiring,
      long bytes,
      long reservedBytes,
      String content,
      String eviction,
      @Nullable Long bytesMax,
      long reads,
      @Nullable Double hitRate) {

    private static MapJson of(Answer.MapLine sum, ClusterReads reads) {
      MapSettings settings = sum.settings();
      return new MapJson(
          sum.name(),
          sum.entries(),
          sum.expiring(),
          sum.liveBytes(),
          sum.reservedBytes(),
          sum.content().toString(),
          settings.eviction().name().toLowerCase(Locale.ROOT),
          settings.bytesMax() == MapSettings.UNLIMITED ? null : settings.bytesMax(),
          reads.of(sum.name()),
          reads.hitRate(sum.name()));
    }
  }

  /**
   * The maps behind a name.
   *
   * @param after empty for all
   * @param count so many at most
   */
  static MapsJson of(
      GridAccess grid, Holdings holdings, ClusterReads reads, String after, int count) {
    TreeMap<String, Answer.MapLine> sums = new TreeMap<>();
    for (Answer.Description shard : holdings.shards()) {
      if (shard != null) {
        shard.maps().forEach(line -> sums.merge(line.name(), line, MapsJson::plus));
      }
    }
    List<MapJson> page =
        sums.tailMap(after, false).values().stream()
            .limit(count)
            .map(sum -> MapJson.of(sum, reads))
            .toList();
    String last = page.isEmpty() ? after : page.get(page.size() - 1).name();
    return new MapsJson(
        grid.charter().cluster(),
        MemberNames.of(grid).nameOf(grid.self()),
        grid.charter().shards(),
        holdings.answering(),
        sums.size(),
        sums.higherKey(last) == null ? null : last,
        page,
        reads.seconds(),
        reads.without());
  }

  private static Answer.MapLine plus(Answer.MapLine one, Answer.MapLine other) {
    Digest content = one.content().plus(other.content());
    return new Answer.MapLine(
        one.name(),
        one.entries() + other.entries(),
        one.expiring() + other.expiring(),
        one.liveBytes() + other.liveBytes(),
        one.reservedBytes() + other.reservedBytes(),
        content,
        one.settings());
  }
}
