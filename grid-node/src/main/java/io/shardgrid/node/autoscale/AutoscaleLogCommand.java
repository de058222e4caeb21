package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the autoscaler of a cluster has decided, and why. */
@Command(
    name = "log",
    description = {
      "Shows what the autoscaler of a cluster has decided, and why; the last decision comes last.",
      "Decisions in a row that are alike are one, with the figures of the last of them. Times are"
          + " local. The log begins anew when the autoscaler moves to another member."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar autoscale log",
      "  java -jar grid-node.jar autoscale log --decisions 3 --inputs",
      "  java -jar grid-node.jar autoscale log --decisions 128 --json"
    })
final class AutoscaleLogCommand implements CliCommand {

  private static final int DECISIONS_MAX = 128;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(
      names = "--decisions",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many of the last ones, 1 to 128. Default: ${DEFAULT-VALUE}")
  private int decisions;

  @Option(
      names = "--inputs",
      description = "Show what each was made from: members, their bytes and their readings.")
  private boolean showsInputs;

  @Option(
      names = "--json",
      description = "Print the node's answer as it is, in JSON, the last decision first.")
  private boolean isJson;

  @Override
  public Integer call() {
    OptionBounds.require(spec, "--decisions", decisions, 1, DECISIONS_MAX);
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String text = AutoscalePage.fetchText(node.address(), decisions);
    AutoscalePage page = AutoscalePage.parse(text);
    if (isJson) {
      screen.line(text.strip());
      return ExitCode.OK.number();
    }
    ZoneId zone = ZoneId.systemDefault();
    if (page.decisions().isEmpty()) {
      screen.heading(new StatusLines(page, zone).heading());
      screen.line("Nothing has been decided yet.");
    }
    List<AutoscalePage.Decision> oldestFirst = new ArrayList<>(page.decisions());
    Collections.reverse(oldestFirst);
    for (AutoscalePage.Decision decision : oldestFirst) {
      DecisionBlock block = new DecisionBlock(decision, page.mode(), zone);
      screen.heading(block.heading());
      block.reasons().forEach(screen::line);
      if (showsInputs) {
        block.inputs().forEach(screen::line);
      }
    }
    return ExitCode.OK.number();
  }
}
