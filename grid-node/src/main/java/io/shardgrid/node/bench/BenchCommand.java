package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Benchmarks of this program on this machine. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Starts nodes on this machine on free ports, loads them, prints what it measured, and stops"
          + " everything.",
      "Nodes and load share the machine: compare figures of one run with each other, not with those"
          + " of another machine."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench embedded",
      "  java -jar grid-node.jar bench cluster --csv figures.csv --svg latency.svg",
      "  java -jar grid-node.jar bench scale-out",
      "  java -jar grid-node.jar bench backups --rounds 3"
    },
    subcommands = {
      BenchEmbeddedCommand.class,
      BenchClusterCommand.class,
      BenchWireCommand.class,
      BenchScalingCommand.class,
      BenchScaleOutCommand.class,
      BenchBackupsCommand.class,
      BenchRestoreCommand.class,
      BenchFeaturesCommand.class,
      BenchMirrorCommand.class,
      BenchRulesCommand.class
    })
public final class BenchCommand implements CliCommand {

  /** How each of them can end. */
  static final Set<ExitCode> EXIT_CODES =
      Set.of(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);

  @Spec private CommandSpec spec;

  /** Where a command writes its table. */
  static Screen screen(CommandSpec spec) {
    return new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return EXIT_CODES;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
