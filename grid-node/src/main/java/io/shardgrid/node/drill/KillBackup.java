package io.shardgrid.node.drill;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.wire.Topology;
import java.util.List;
import java.util.Objects;

/**
 * The node crashes that holds the backup of a shard, and that shard is looked at: its primary
 * stays, and what it acknowledged stays.
 */
final class KillBackup implements Drill {

  private static final String FOUNDER = "a";

  @Override
  public int number() {
    return 3;
  }

  @Override
  public String title() {
    return "a shard's backup crashes (kill -9)";
  }

  @Override
  public String proves() {
    return "A shard keeps its primary and loses no operation when its backup crashes, and gets"
        + " another backup.";
  }

  @Override
  public void strike(Scene scene) {
    PlacementEntry shard =
        scene.client().topology().placement().stream()
            .filter(entry -> !entry.isLost() && FOUNDER.equals(primaryOf(scene, entry)))
            .filter(entry -> entry.inSync().size() > 1)
            .findFirst()
            .orElseThrow(
                () -> new CommandException(ExitCode.FAILED, "No shard of node a has a backup"));
    NodeId backup =
        shard.inSync().stream()
            .filter(node -> !node.equals(shard.primary()))
            .findFirst()
            .orElseThrow();
    scene.note(
        "shard %d: primary %s, backup %s".formatted(shard.shard(), FOUNDER, scene.nameOf(backup)));
    scene.kill(scene.nameOf(backup));
    // Looked at before the shares of the two that are left are evened out: the plan may move it.
    Topology without =
        scene.awaitTopology(
            topology -> !placement(topology, shard.shard()).inSync().contains(backup));
    PlacementEntry kept = placement(without, shard.shard());
    scene.demand(
        Objects.equals(shard.primary(), kept.primary()) && !kept.inSync().contains(backup),
        "shard " + shard.shard() + " has the primary that it had, and does without its backup");
    scene.awaitWhole(2);
    judge(scene, shard);
  }

  private static PlacementEntry placement(Topology topology, int shard) {
    return topology.placement().stream()
        .filter(entry -> entry.shard() == shard)
        .findFirst()
        .orElseThrow();
  }

  private static void judge(Scene scene, PlacementEntry shard) {
    List<Sample> samples =
        scene.load().samples().stream().filter(one -> one.shard() == shard.shard()).toList();
    Figures figures = Figures.of(samples, scene.struckNanos(), System.nanoTime());
    scene.demand(
        figures.failures() == 0,
        "no operation on shard %d failed; the slowest of %d took %s"
            .formatted(
                shard.shard(), figures.operations(), Scene.seconds(figures.percentileNanos(100))));
  }

  private static String primaryOf(Scene scene, PlacementEntry entry) {
    return scene.nameOf(Objects.requireNonNull(entry.primary()));
  }
}
