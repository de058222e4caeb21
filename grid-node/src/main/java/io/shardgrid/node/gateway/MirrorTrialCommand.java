package io.shardgrid.node.gateway;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.client.mirror.MirrorCluster;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MirrorSettings;
import io.shardgrid.client.mirror.ProbeRules;
import io.shardgrid.client.mirror.Verdict;
import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a mirror judge canaries with planted faults, and healthy ones. */
@Command(
    name = "trial",
    description = {
      "Starts two clusters on this machine on free ports, loads them through a mirror, and lets the"
          + " mirror judge: canaries with a planted fault (times to live halved, one write of a hundred"
          + " lost, twice the latency), which are to be rolled back each time, and healthy ones, which"
          + " are to be promoted each time. The fault sits between the mirror and a real cluster.",
      "Ends with code 0 only if every verdict was right."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar mirror trial",
      "  java -jar grid-node.jar mirror trial --trials 3 --nodes 2"
    })
final class MirrorTrialCommand implements CliCommand {

  private static final int TRIALS_MAX = 1_000;
  private static final int NODES_MAX = 5;
  private static final int OPERATIONS_MAX = 10_000_000;
  private static final int RATE_MIN = 100;
  private static final int RATE_MAX = 1_000_000;
  private static final MirrorTrial.Load WARM = new MirrorTrial.Load(40_000, 20_000);

  /** A trial is short, and its clusters are there for it: more probes, and they may write. */
  private static final ProbeRules PROBES = new ProbeRules(0.2, 500, 200, "trial-probes");

  @Spec private CommandSpec spec;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "20",
      description = "Trials of each canary, 1 to 1000. Default: ${DEFAULT-VALUE}")
  private int trials;

  @Option(
      names = "--operations",
      paramLabel = "N",
      defaultValue = "6000",
      description =
          "Operations before a verdict, up to ten times while it is HOLD, 3000 to 10000000. Default: ${DEFAULT-VALUE}")
  private int operations;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = {
        "Operations a second, 100 to 1000000. Where they take all processors the canary comes last, as"
            + " callers wait for production alone: it is slower then. Default: ${DEFAULT-VALUE}"
      })
  private int rate;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description = "Nodes of each cluster, 1 to 5. Default: ${DEFAULT-VALUE}")
  private int nodes;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
  }

  @Override
  public Integer call() throws InterruptedException {
    OptionBounds.require(spec, "--trials", trials, 1, TRIALS_MAX);
    OptionBounds.require(spec, "--operations", operations, 3_000, OPERATIONS_MAX);
    OptionBounds.require(spec, "--rate", rate, RATE_MIN, RATE_MAX);
    OptionBounds.require(spec, "--nodes", nodes, 1, NODES_MAX);
    Screen screen = Screen.of(spec);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    ChildCluster production = prepared("production");
    ChildCluster canary = prepared("canary");
    Interruption one = Interruption.watch(production);
    Interruption other = Interruption.watch(canary);
    boolean isRight = false;
    try {
      List<NodeAddresses> ofProduction = production.start(nodes);
      List<NodeAddresses> ofCanary = canary.start(nodes);
      try (GridClient first = Remote.connect(ofProduction);
          GridClient second = Remote.connect(ofCanary)) {
        Clusters clusters = new Clusters(MirrorCluster.of(first), MirrorCluster.of(second), timer);
        // The first one finds processes that have just started, and counts for nothing.
        clusters.trial(WARM).run("warm", 0, null);
        isRight = run(screen, clusters.trial(new MirrorTrial.Load(operations, rate)));
      }
    } finally {
      timer.shutdownNow();
      production.kill();
      canary.kill();
      one.forget(!isRight);
      other.forget(!isRight);
      if (isRight) {
        production.removeLogs();
        canary.removeLogs();
      }
    }
    return (isRight ? ExitCode.OK : ExitCode.FAILED).number();
  }

  /** Two clusters to make trials of. */
  private record Clusters(
      MirrorCluster production, MirrorCluster canary, ScheduledExecutorService timer) {

    MirrorTrial trial(MirrorTrial.Load load) {
      return new MirrorTrial(
          production,
          canary,
          ClientSettings.load().route(),
          MirrorSettings.load().withProbes(PROBES),
          load,
          timer);
    }
  }

  private static ChildCluster prepared(String purpose) {
    return ChildCluster.prepare(purpose, "grid.shards = 64\n", Surroundings.loopback());
  }

  private boolean run(Screen screen, MirrorTrial trial) throws InterruptedException {
    boolean isRight = true;
    List<@Nullable CanaryFault> canaries = new ArrayList<>(List.of(CanaryFault.values()));
    canaries.add(null);
    for (CanaryFault fault : canaries) {
      isRight &= run(screen, trial, fault);
    }
    return isRight;
  }

  private boolean run(Screen screen, MirrorTrial trial, @Nullable CanaryFault fault)
      throws InterruptedException {
    Verdict.Decision wanted = fault == null ? Verdict.Decision.PROMOTE : Verdict.Decision.ROLL_BACK;
    String name = fault == null ? "healthy" : fault.name().toLowerCase(Locale.ROOT);
    int right = 0;
    for (int number = 0; number < trials; number++) {
      MirrorReport report = trial.run(name + "-" + number, number, fault);
      if (report.verdict().decision() == wanted) {
        right++;
        if (number == 0) {
          screen.line("       " + name + ": " + report.verdict().reasons());
        }
      } else {
        screen.line("       " + name + " " + number + ": " + report.verdict());
      }
    }
    screen.check(
        right == trials, "%s: %s in %d of %d trials".formatted(name, wanted, right, trials));
    return right == trials;
  }
}
