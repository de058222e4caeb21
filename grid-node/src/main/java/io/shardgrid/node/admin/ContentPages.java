package io.shardgrid.node.admin;

import io.shardgrid.key.MemberView;
import io.shardgrid.node.access.GridAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The pages that tell what the cluster holds: map by map, shard by shard. Without state. */
final class ContentPages {

  private static final String COUNT = "count";
  private static final String FROM = "from";
  private static final String AFTER = "after";
  private static final int COUNT_DEFAULT = 100;
  private static final int COUNT_MAX = 1_000;

  private ContentPages() {}

  /** What can be read, by path. */
  static Map<String, Recipe> reads() {
    return Map.of(
        "/maps",
        new Recipe(
            "maps of the cluster: entries, bytes, digest, hit rate; after=NAME, count=1 to 1000 (100)",
            Set.of(AFTER, COUNT),
            ContentPages::maps),
        "/shards",
        new Recipe(
            "shards of the cluster: where they are, what they hold; from=N, count=1 to 1000 (100)",
            Set.of(FROM, COUNT),
            ContentPages::shards));
  }

  private static CompletionStage<Reply> maps(GridAccess grid, Parameters parameters) {
    int count = count(parameters);
    List<String> given = parameters.values().getOrDefault(AFTER, List.of());
    if (given.size() > 1) {
      throw new Parameters.Wrong("One name is wanted: parameter=" + AFTER);
    }
    String after = given.isEmpty() ? "" : given.get(0);
    CompletionStage<ClusterReads> reads =
        grid.look()
            .thenApply(ClusterReads::of)
            .exceptionally(
                failure -> ClusterReads.unknown(grid.members().stream().map(MemberView::name)));
    return Recipe.replied(
        Holdings.ask(grid, 0, grid.charter().shards())
            .thenCombine(reads, (held, read) -> MapsJson.of(grid, held, read, after, count)),
        found -> found);
  }

  private static CompletionStage<Reply> shards(GridAccess grid, Parameters parameters) {
    int shards = grid.charter().shards();
    int from = parameters.number(FROM, 0, shards - 1);
    int count = Math.min(count(parameters), shards - from);
    return Recipe.replied(Holdings.ask(grid, from, count), found -> ShardsJson.of(grid, found));
  }

  private static int count(Parameters parameters) {
    int count = parameters.number(COUNT, COUNT_DEFAULT, COUNT_MAX);
    if (count == 0) {
      throw new Parameters.Wrong(
          "A number is out of range: parameter=count, wanted=1 to 1000, found=0");
    }
    return count;
  }
}
