package io.shardgrid.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.resp.Glob;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the entries of a map whose keys fit a pattern, shard by shard, one page in memory. */
final class MapScan {

  private static final int PAGE_ENTRIES = 1_000;

  @Parameters(index = "0", paramLabel = "MAP", description = "Name of the map.")
  private String map = "";

  @Option(
      names = "--pattern",
      paramLabel = "GLOB",
      defaultValue = "*",
      description =
          "Which keys: * for any text, ? for any byte, [a-z] for one of these. Default: all")
  private String pattern = "*";

  /**
   * Hands entries over until there are no more or {@code wanted} says no.
   *
   * @throws CommandException if a shard does not answer
   */
  void run(GridClient client, boolean wantsValues, Predicate<Answer.Item> wanted) {
    RoutedShards shards = client.shards();
    Glob glob = new Glob(pattern.getBytes(UTF_8));
    for (int shard = 0; shard < shards.count(); shard++) {
      long position = 0;
      do {
        Answer.Page page =
            Remote.await(shards.scan(shard, map, position, PAGE_ENTRIES, wantsValues));
        for (Answer.Item item : page.entries()) {
          if (glob.matches(item.key()) && !wanted.test(item)) {
            return;
          }
        }
        position = page.position();
      } while (position != 0);
    }
  }
}
