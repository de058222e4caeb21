package io.shardgrid.node.drill;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.node.provision.StartedNodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * One run of a drill from the first node's start to the verdict.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Run {

  private static final int KEYS_OF_SHARD = 8;
  private static final String HEAP = "512m";
  private static final String OUT_OF_MEMORY = "OutOfMemoryError";

  private final Drill drill;
  private final Pace pace;
  private final Teller teller;

  Run(Drill drill, Pace pace, Teller teller) {
    this.drill = drill;
    this.pace = pace;
    this.teller = teller;
  }

  /** Does all of it, and leaves no process behind. */
  Course run() {
    teller.tell(DrillLine.begin(drill));
    Surroundings surroundings = drill.ground().open();
    ChildCluster cluster =
        ChildCluster.prepare(
            "drill", NodeLaunch.ofThisProgram(HEAP), drill.setup()::hocon, surroundings);
    Interruption interruption =
        Interruption.watch(
            () -> {
              end(cluster);
              cluster.removeLogs();
            });
    Course course = Course.BROKEN;
    try {
      List<NodeAddresses> nodes = cluster.start(drill.setup().nodes());
      try (GridClient client = Remote.connect(nodes)) {
        course = strike(cluster, client, surroundings);
      }
    } finally {
      end(cluster);
      interruption.forget(!course.holds());
      if (course.holds()) {
        cluster.removeLogs();
      } else {
        teller.tell(
            DrillLine.detail(drill.number(), "The logs of the nodes are in " + cluster.logs()));
      }
    }
    return course;
  }

  /** Nothing of theirs is to be kept: no node is asked to hand over what it has. */
  private void end(ChildCluster cluster) {
    cluster.kill();
    if (drill.setup().isElastic()) {
      StartedNodes.killAll(Setup.started(cluster.logs()));
    }
  }

  private Course strike(ChildCluster cluster, GridClient client, Surroundings surroundings) {
    Setup setup = drill.setup();
    Keys keys = new Keys(client.topology().charter().shards(), KEYS_OF_SHARD);
    RecordedLoad load = new RecordedLoad(client, keys, pace.rate());
    Scene scene = new Scene(teller, drill, cluster, client, load, surroundings);
    Ballast ballast = new Ballast(client, setup.ballastBytes());
    if (drill.ground() != Ground.LOOPBACK) {
      scene.note("the nodes' network: " + surroundings.title());
    }
    load.fill();
    ballast.fill();
    scene.awaitWhole(setup.nodes());
    load.start();
    Waiting.linger(pace.calm());
    long beganNanos = System.nanoTime();
    Waiting.linger(pace.calm());
    long calmNanos = System.nanoTime();
    try {
      // A busy machine may have cost a backup since: one more fault would be one too many.
      scene.awaitWhole(setup.nodes());
      drill.strike(scene);
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      scene.demand(false, String.valueOf(e.getMessage()));
    }
    long overNanos = System.nanoTime();
    Waiting.linger(pace.calm());
    Phases phases =
        new Phases(beganNanos, calmNanos, scene.struckNanos(), overNanos, System.nanoTime());
    scene.demand(load.stop(), "every operation ended by its deadline");
    phases.lines(drill.number(), load.samples(), keys.shards()).forEach(teller::tell);
    if (!drill.mayLose()) {
      int failures = phases.after(load.samples()).failures();
      scene.demand(failures == 0, "operations that failed after it was over: " + failures);
    }
    judge(scene, ballast);
    scene.demand(isFreeOf(cluster, OUT_OF_MEMORY), "no node was out of memory");
    scene
        .demands()
        .forEach(
            demand -> teller.tell(DrillLine.check(drill.number(), demand.holds(), demand.text())));
    return phases.course(
        load.samples(), keys.shards(), scene.demands().stream().allMatch(Scene.Demand::holds));
  }

  private void judge(Scene scene, Ballast ballast) {
    Map<String, Integer> failures = scene.load().failures();
    boolean isFailing = !failures.isEmpty();
    scene.demand(
        !isFailing || drill.mayFail(),
        isFailing ? "operations that failed: " + failures : "no operation failed");
    scene.load().readAll();
    boolean isReadable = scene.load().failures().equals(failures);
    if (!drill.mayLose()) {
      scene.demand(isReadable, "every key could be read at the end");
      ballast.check(scene);
    }
    Judgement judgement = Judgement.of(scene.load().histories());
    scene.demand(judgement.holds(), judgement.line());
    judgement.wrong().stream()
        .limit(1)
        .forEach(wrong -> teller.tell(DrillLine.detail(drill.number(), wrong)));
  }

  private static boolean isFreeOf(ChildCluster cluster, String word) {
    try {
      for (NodeChild child : cluster.children()) {
        if (Files.readString(child.log(), StandardCharsets.UTF_8).contains(word)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "A node's log cannot be read: " + e.getMessage(), e);
    }
  }
}
