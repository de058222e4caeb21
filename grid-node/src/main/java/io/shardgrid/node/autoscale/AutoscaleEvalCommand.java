package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates a file of cases. */
@Command(
    name = "eval",
    description = {
      "Evaluates cases of autoscaling and compares what comes out with what each of them expects.",
      "FILE is JSON: {\"toleranceDefault\": 0.1, \"cases\": [{\"name\": .., \"kind\": ..,"
          + " \"currentReplicas\": .., \"expectedReplicas\": ..}, ..]}.",
      "Kinds: resource-utilization, pods-metric, object-value, object-average, external-value,"
          + " external-average, controller, rate, limit, stabilize, change-in-period.",
      "It ends with 0 only if every case came out as expected; with 2 if a case cannot be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar grid-node.jar autoscale eval cases.json"})
final class AutoscaleEvalCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "Cases, in JSON.")
  private Path file;

  @Override
  public Integer call() {
    List<CaseRow> rows = CaseFile.read(file).stream().map(Case::evaluate).toList();
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    CaseTable.lines(rows).forEach(screen::line);
    List<CaseRow> bad = rows.stream().filter(row -> row.result() == CaseRow.Result.BAD).toList();
    if (!bad.isEmpty()) {
      String more = bad.size() == 1 ? "" : " (and " + (bad.size() - 1) + " more such cases)";
      throw new CommandException(ExitCode.USAGE, bad.get(0).actual() + more + ": file=" + file);
    }
    boolean isAll = rows.stream().allMatch(row -> row.result() == CaseRow.Result.OK);
    return (isAll ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
