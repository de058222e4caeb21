package io.shardgrid.node;

import io.shardgrid.node.child.ProcessWatch;
import io.shardgrid.node.child.StdinWatch;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.telemetry.JsonLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node until it is asked to end. */
@Command(
    name = "start",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Runs a node of the grid until SIGTERM or Ctrl-C, then hands its shards over to the others"
          + " and leaves the cluster.",
      "Without --seeds the node founds a cluster of its own. Nodes that are to form one name each"
          + " other's (or the first one's) cluster address as seeds; the one that founds it also"
          + " says --found, and how many members to expect before the shards are placed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  One node:",
      "    java -jar grid-node.jar start",
      "  Three nodes on this machine, each in a terminal of its own:",
      "    java -jar grid-node.jar start --name a --found --expect 3",
      "    java -jar grid-node.jar start --name b --seeds 127.0.0.1:10171 \\",
      "        --port 7172 --http 8172 --peer 9172 --cluster 10172",
      "    java -jar grid-node.jar start --name c --seeds 127.0.0.1:10171 \\",
      "        --port 7173 --http 8173 --peer 9173 --cluster 10173",
      "  From a file, with one value of its own:",
      "    java -jar grid-node.jar start --config conf/single.conf --memory-max 2g"
    })
final class StartCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeFlags flags;

  @Option(
      names = "--config",
      order = 20,
      paramLabel = "FILE",
      description = "HOCON file with a section grid; other options win over it.")
  private @Nullable Path config;

  @Option(
      names = "--log-format",
      order = 21,
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How log lines look on standard output. Default: ${DEFAULT-VALUE}")
  private Logging.Format logFormat = Logging.Format.TEXT;

  @Option(
      names = "--stop-with-stdin",
      hidden = true,
      description = "Stop in order when standard input ends, as it does with the starting process.")
  private boolean stopsWithStdin;

  @Option(
      names = "--stop-with-process",
      hidden = true,
      paramLabel = "PID",
      description = "Stop in order when that process is gone, whoever started this one.")
  private @Nullable Long leader;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK,
        ExitCode.USAGE,
        ExitCode.CANNOT_BIND,
        ExitCode.NO_CLUSTER,
        ExitCode.EXPELLED,
        ExitCode.NOT_DRAINED,
        ExitCode.INTERNAL);
  }

  @Override
  public Integer call() {
    Logging.prepare(logFormat);
    NodeSettings settings = NodeSettings.load(config, flags.values());
    var member = settings.grid().engine().member();
    JsonLines.identify(member.cluster(), member.name());
    if (leader != null) {
      ProcessWatch.begin(leader, ExitCode.OK);
    }
    HeapRoom.ask();
    StandaloneNode node = StandaloneNode.start(settings);
    JsonLines.identify(member.cluster(), node.addresses().name());
    ShutdownHook hook = ShutdownHook.register(node);
    if (stopsWithStdin) {
      StdinWatch.begin(ExitCode.OK);
    }
    announce(node);
    try {
      node.terminated().toCompletableFuture().join();
    } catch (CompletionException e) {
      hook.forget();
      node.close();
      throw new CommandException(ExitCode.EXPELLED, Verdict.of(e).line(), e);
    }
    // Somebody asked it to end: the hook ends the process when all is closed.
    hook.await();
    return ExitCode.OK.number();
  }

  private void announce(StandaloneNode node) {
    NodeAddresses addresses = node.addresses();
    tell(List.of(), addresses.line(NodeAddresses.Event.UP));
    String missing = node.missing();
    if (!missing.isEmpty() && logFormat == Logging.Format.TEXT) {
      tell(List.of("waiting, not ready yet: " + missing), "");
    }
    node.ready()
        .thenRun(
            () ->
                tell(
                    Welcome.lines(addresses, node.members()),
                    addresses.line(NodeAddresses.Event.READY)));
  }

  /** Writes lines for people and one for programs; with JSON logs the latter is an event. */
  private void tell(List<String> people, String program) {
    if (logFormat == Logging.Format.JSON) {
      LoggerFactory.getLogger(StartCommand.class).info(program);
      return;
    }
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    people.forEach(screen::line);
    if (!program.isEmpty()) {
      screen.line(program);
    }
  }
}
