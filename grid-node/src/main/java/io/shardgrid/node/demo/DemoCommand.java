package io.shardgrid.node.demo;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.demo.elastic.ElasticDemo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts three nodes, loads the world's towns, asks about them, and checks every answer. */
@Command(
    name = "demo",
    description = {
      "Starts three nodes on this machine, each in a process of its own on free ports, loads"
          + " 135,233 towns of the world, asks about them, checks every answer against the file,"
          + " and stops everything.",
      "The towns are those of GeoNames (geonames.org), CC BY 4.0."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar demo",
      "  java -jar grid-node.jar demo --country BR",
      "  java -jar grid-node.jar demo --keep     then talk to it yourself, until Ctrl-C",
      "  java -jar grid-node.jar demo --elastic  a day of load in three minutes, with a report"
    })
public final class DemoCommand implements CliCommand {

  /** Nodes that have just started have much to do on a small machine. */
  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

  private static final int NODES = 3;
  private static final Duration DAY_MIN = Duration.ofSeconds(30);
  private static final Duration DAY_MAX = Duration.ofDays(1);

  @Spec private CommandSpec spec;

  @Option(
      names = "--keep",
      description = "Let the nodes run until Ctrl-C, and print how to talk to them.")
  private boolean keeps;

  @Option(
      names = "--country",
      paramLabel = "CODE",
      defaultValue = "JP",
      description =
          "Country whose largest towns are asked for, ISO 3166-1 alpha-2. Default: ${DEFAULT-VALUE}")
  private String country = "";

  @Option(
      names = "--elastic",
      description = {
        "Another demonstration: a day of load, on which the nodes become five and three again by"
            + " themselves. Every write is checked at the end. Writes a report:"
            + " elastic-report.html and elastic-report.txt."
      })
  private boolean isElastic;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "3m",
      description = "How long the day of --elastic is, 30s to 24h. Default: ${DEFAULT-VALUE}")
  private Duration day = Duration.ZERO;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the report of --elastic goes. Default: the current directory")
  private Path reports = Path.of(".");

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
  }

  @Override
  public Integer call() {
    if (!country.matches("[A-Z]{2}")) {
      throw new ParameterException(
          spec.commandLine(), "--country: wanted are two capital letters, found is " + country);
    }
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (isElastic) {
      checkElastic();
      return new ElasticDemo(day, reports.normalize(), screen).run().number();
    }
    ChildCluster cluster = ChildCluster.prepare("demo", "", Surroundings.loopback());
    Interruption interruption = Interruption.watch(cluster);
    boolean holds = false;
    try {
      holds = run(screen, cluster, interruption);
    } finally {
      cluster.close();
      interruption.forget(!holds);
      if (holds) {
        cluster.removeLogs();
      } else {
        screen.line("The logs of the nodes are in " + cluster.logs());
      }
    }
    screen.line();
    screen.heading(holds ? "Everything held." : "Not everything held, see FAIL above.");
    return (holds ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private void checkElastic() {
    if (day.compareTo(DAY_MIN) < 0 || day.compareTo(DAY_MAX) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--duration: wanted are 30s to 24h, found is " + day);
    }
    if (!Files.isDirectory(reports)) {
      throw new ParameterException(
          spec.commandLine(), "--report: wanted is a directory that is there, found is " + reports);
    }
    if (keeps) {
      throw new ParameterException(
          spec.commandLine(), "--keep: goes with the usual demonstration only, not with --elastic");
    }
  }

  private boolean run(Screen screen, ChildCluster cluster, Interruption interruption) {
    screen.heading("Starting three nodes on this machine");
    long startNanos = System.nanoTime();
    List<NodeAddresses> nodes = cluster.start(NODES);
    for (NodeAddresses node : nodes) {
      screen.line("  node %s   resp %s   http %s".formatted(node.name(), node.resp(), node.http()));
    }
    screen.line("  ready after %.1f s".formatted((System.nanoTime() - startNanos) / 1e9));
    boolean holds;
    try (GridClient client = connect(nodes.get(0).resp())) {
      holds = new Demonstration(client, nodes.get(0).http(), screen, country).run();
    }
    if (keeps) {
      keep(screen, cluster, nodes, interruption);
    }
    screen.line();
    screen.heading("Stopping");
    List<String> wrong = cluster.stop();
    screen.check(
        wrong.isEmpty(),
        wrong.isEmpty() ? "all nodes ended with code 0" : String.join(", ", wrong));
    return holds && wrong.isEmpty();
  }

  private static GridClient connect(String node) {
    return GridClient.connect(
        ClientSettings.load().withSeeds(List.of(node)).withConnectTimeout(CONNECT_MAX));
  }

  /** Waits for Ctrl-C, which ends the process, or for a node's end, which is an error. */
  private static void keep(
      Screen screen, ChildCluster cluster, List<NodeAddresses> nodes, Interruption interruption) {
    interruption.expect();
    HowToTalk.lines(nodes, NodeLaunch.programPath()).forEach(screen::line);
    CompletableFuture.anyOf(
            cluster.children().stream().map(NodeChild::onExit).toArray(CompletableFuture[]::new))
        .join();
    throw new CommandException(ExitCode.FAILED, "A node has ended although nobody stopped it");
  }
}
