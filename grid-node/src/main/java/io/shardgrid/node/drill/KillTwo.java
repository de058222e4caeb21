package io.shardgrid.node.drill;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/**
 * Two of five nodes crash at once. With two backups nothing is gone; with one, those shards are
 * that had both copies there, and that is told as a loss, never as an empty result. Immutable.
 */
record KillTwo(int backups) implements Drill {

  private static final int NODES = 5;
  private static final int BACKUPS_ENOUGH = 2;
  private static final String LOSS =
      "the lost shards told, the others and their backups on the other nodes";

  @Override
  public int number() {
    return 17;
  }

  @Override
  public String title() {
    return "two of five nodes crash at once, backups = " + backups;
  }

  @Override
  public String proves() {
    return mayLose()
        ? "What is lost is told as an error, never answered as if it had not been there."
        : "With two backups, two nodes may crash at once: nothing is lost.";
  }

  @Override
  public Setup setup() {
    return new Setup(NODES, backups, "", 0);
  }

  @Override
  public boolean mayLose() {
    return backups < BACKUPS_ENOUGH;
  }

  @Override
  public void strike(Scene scene) {
    scene.kill("d");
    scene.kill("e");
    if (!mayLose()) {
      scene.awaitWhole(NODES - 2);
    } else if (scene.await(LOSS, KillTwo::isLossTold)) {
      judgeLoss(scene);
    }
  }

  private static boolean isLossTold(ClusterPage page) {
    int held = page.members().stream().mapToInt(ClusterPage.Member::shards).sum();
    int copies = page.members().stream().mapToInt(ClusterPage.Member::backups).sum();
    return page.members().size() == NODES - 2
        && !page.lostShards().isEmpty()
        && copies == held
        && held + page.lostShards().size() == page.shards();
  }

  private static void judgeLoss(Scene scene) {
    Set<Integer> told = new TreeSet<>(scene.page().map(ClusterPage::lostShards).orElse(List.of()));
    Keys keys = new Keys(scene.shards(), 1);
    AsyncMap<String, String> map =
        scene.client().map(RecordedLoad.MAP, Codecs.string(), Codecs.string());
    Set<Integer> lost = new TreeSet<>();
    int failedOtherwise = 0;
    for (int shard = 0; shard < keys.shards(); shard++) {
      try {
        var ignored = map.get(keys.of(shard).get(0)).toCompletableFuture().join();
      } catch (CompletionException e) {
        if (Verdict.unwrapped(e) instanceof ShardLostException) {
          lost.add(shard);
        } else if (Verdict.unwrapped(e) instanceof GridException) {
          failedOtherwise++;
        }
      }
    }
    scene.demand(
        lost.equals(told) && failedOtherwise == 0,
        "%d shards are told to be lost, and reads of these and of no others end in"
                .formatted(told.size())
            + " ShardLostException: lost=%d, other errors=%d"
                .formatted(lost.size(), failedOtherwise));
  }
}
