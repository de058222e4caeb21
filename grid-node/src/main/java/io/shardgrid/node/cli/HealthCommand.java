package io.shardgrid.node.cli;

import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how a cluster is. */
@Command(
    name = "health",
    description = {
      "Says how a cluster is, in one word, and why: HEALTHY, REBALANCING (all copies are there,"
          + " shards or members are on their way), DEGRADED (copies are missing, or somebody who is"
          + " needed does not answer), LOST (the last copy of a shard is gone).",
      "Ends with code 0 for the first two, 7 for DEGRADED, 8 for LOST."
    },
    subcommands = HealthReportCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar health",
      "  java -jar grid-node.jar health report --node 127.0.0.1:8172"
    })
public final class HealthCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  @Override
  public Set<ExitCode> exitCodes() {
    return HealthPage.exitCodes();
  }

  @Override
  public Integer call() {
    // The report is there whatever it says; /health is not, if shards are lost.
    String text = HealthPage.fetchText(node.address);
    HealthPage page = HealthPage.parse(text);
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (isJson) {
      screen.line(text.strip());
    } else {
      page.summary().forEach(screen::line);
    }
    return page.exitCode().number();
  }
}
