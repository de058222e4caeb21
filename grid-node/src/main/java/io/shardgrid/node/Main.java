package io.shardgrid.node;

import io.shardgrid.node.autoscale.AutoscaleCommand;
import io.shardgrid.node.autoscale.SimulateAutoscaleCommand;
import io.shardgrid.node.backup.BackupCommand;
import io.shardgrid.node.backup.DigestCommand;
import io.shardgrid.node.backup.RestoreCommand;
import io.shardgrid.node.bench.BenchCommand;
import io.shardgrid.node.cli.AcceptLossCommand;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CompletionCommand;
import io.shardgrid.node.cli.Credentials;
import io.shardgrid.node.cli.DelCommand;
import io.shardgrid.node.cli.DrainCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.GetCommand;
import io.shardgrid.node.cli.HealthCommand;
import io.shardgrid.node.cli.KeysCommand;
import io.shardgrid.node.cli.LoadCommand;
import io.shardgrid.node.cli.MapsCommand;
import io.shardgrid.node.cli.MigrateCommand;
import io.shardgrid.node.cli.NodesCommand;
import io.shardgrid.node.cli.PasswdCommand;
import io.shardgrid.node.cli.PutCommand;
import io.shardgrid.node.cli.ScanCommand;
import io.shardgrid.node.cli.ShardsCommand;
import io.shardgrid.node.cli.StatusCommand;
import io.shardgrid.node.cli.TokenCommand;
import io.shardgrid.node.cli.TopCommand;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.cli.VersionCommand;
import io.shardgrid.node.cli.VersionText;
import io.shardgrid.node.cli.WeightCommand;
import io.shardgrid.node.demo.DemoCommand;
import io.shardgrid.node.drill.DrillCommand;
import io.shardgrid.node.gateway.MirrorCommand;
import io.shardgrid.node.provision.FirstPodCommand;
import io.shardgrid.node.rule.RuleCommand;
import io.shardgrid.node.store.StoreCommand;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: nodes of the grid, and commands that talk to them. */
@Command(
    name = "java -jar grid-node.jar",
    description = "Shardgrid, an in-memory data grid for the JVM.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionText.class,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nBegin with:%n",
    footer = {
      "  java -jar grid-node.jar demo           three nodes, real data, checked answers",
      "  java -jar grid-node.jar start          one node; then redis-cli -p 7171",
      "  java -jar grid-node.jar start --help   how nodes find each other"
    },
    subcommands = {
      StartCommand.class,
      DemoCommand.class,
      DrillCommand.class,
      BenchCommand.class,
      StatusCommand.class,
      HealthCommand.class,
      NodesCommand.class,
      ShardsCommand.class,
      MapsCommand.class,
      TopCommand.class,
      MigrateCommand.class,
      RuleCommand.class,
      StoreCommand.class,
      DrainCommand.class,
      WeightCommand.class,
      AcceptLossCommand.class,
      AutoscaleCommand.class,
      SimulateAutoscaleCommand.class,
      FirstPodCommand.class,
      GetCommand.class,
      PutCommand.class,
      DelCommand.class,
      KeysCommand.class,
      ScanCommand.class,
      LoadCommand.class,
      PasswdCommand.class,
      TokenCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DigestCommand.class,
      GatewayCommand.class,
      MirrorCommand.class,
      CompletionCommand.class,
      VersionCommand.class
    })
public final class Main implements CliCommand {

  private static final int WIDTH = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      order = 90,
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of a failure.")
  private boolean isVerbose;

  @Option(
      names = {"-h", "--help"},
      order = 91,
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help and end.")
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private boolean asksForHelp;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of Shardgrid and Java and end.")
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private boolean asksForVersion;

  /** Runs the program and ends the process with the command's exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with all its commands. */
  static CommandLine commandLine() {
    Credentials.forget();
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commandLine
        .setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(main::explainFailure)
        .setExecutionStrategy(main::execute);
    teachExitCodes(commandLine);
    return commandLine;
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(ExitCode.values());
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }

  private int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Logging.prepare(isServer(last.commandSpec().userObject()), isVerbose);
    return new CommandLine.RunLast().execute(parsed);
  }

  private static boolean isServer(Object command) {
    return command instanceof StartCommand || command instanceof GatewayCommand;
  }

  private static int explainUsage(ParameterException failure, String[] arguments) {
    CommandLine at = failure.getCommandLine();
    String message = wordsOf(failure).replaceAll("\\s*\\R\\s*", " ");
    at.getErr()
        .println("error: " + message + " (see " + at.getCommandSpec().qualifiedName() + " --help)");
    at.getErr().flush();
    return ExitCode.USAGE.number();
  }

  /** Where a command is wanted, a word that is none is not an argument too many. */
  private static String wordsOf(ParameterException failure) {
    CommandLine at = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !at.getSubcommands().isEmpty()
        && at.getCommandSpec().positionalParameters().isEmpty()) {
      List<String> near = unmatched.getSuggestions();
      return "There is no such command: "
          + unmatched.getUnmatched().get(0)
          + (near.isEmpty() ? "" : "; is one of these meant: " + String.join(", ", near));
    }
    return String.valueOf(failure.getMessage());
  }

  private int explainFailure(Exception failure, CommandLine at, ParseResult parsed) {
    Verdict verdict = Verdict.of(failure);
    if (isVerbose) {
      failure.printStackTrace(at.getErr());
    }
    at.getErr().println("error: " + verdict.line());
    at.getErr().flush();
    return verdict.exitCode().number();
  }

  private static void teachExitCodes(CommandLine commandLine) {
    CliCommand command = commandLine.getCommand();
    Map<String, String> meanings =
        Arrays.stream(ExitCode.values())
            .filter(command.exitCodes()::contains)
            .collect(
                Collectors.toMap(
                    code -> Integer.toString(code.number()),
                    ExitCode::meaning,
                    (one, other) -> one,
                    LinkedHashMap::new));
    commandLine
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(meanings);
    commandLine.getSubcommands().values().forEach(Main::teachExitCodes);
  }
}
