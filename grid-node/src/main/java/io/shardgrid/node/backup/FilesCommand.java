package io.shardgrid.node.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeOption;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.ProgressBar;
import io.shardgrid.node.cli.Screen;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command between a cluster and the files of a backup: its options, failures and output. */
abstract class FilesCommand implements CliCommand {

  private static final double NANOS = 1e9;

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Shards or files that are read at once, 1 to 64. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean isJson;

  /** Does it, and returns the code. */
  abstract ExitCode run(Screen screen) throws Exception;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
  }

  @Override
  public Integer call() throws Exception {
    requireWithin("--parallel", parallel, BackupPlan.PARALLEL_MAX);
    try {
      return run(Screen.of(spec)).number();
    } catch (DamagedBackupException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "DIR: cannot be read or written: " + e, e);
    }
  }

  /** Refuses a number that is not 1 to {@code max}. */
  void requireWithin(String option, int number, int max) {
    OptionBounds.require(spec, option, number, 1, max);
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  String node() {
    return node.address();
  }

  int parallel() {
    return parallel;
  }

  boolean isJson() {
    return isJson;
  }

  /** The progress of so many things, for people only. */
  Shown progress(Screen screen, String what, long all) {
    return new Shown(isJson ? null : new ProgressBar(screen, what, all, System::nanoTime));
  }

  static double secondsSince(long beganNanos) {
    return (System.nanoTime() - beganNanos) / NANOS;
  }

  static void print(Screen screen, Object result) throws JsonProcessingException {
    screen.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
  }
}
