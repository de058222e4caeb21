package io.shardgrid.node.cli;

import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how a cluster is from four sides. */
@Command(
    name = "report",
    description = {
      "Says how a cluster is from four sides: stability, efficiency, security, adaptability; only"
          + " what was measured or is set, and what is not known.",
      "Ends with the codes of health."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar health report",
      "  java -jar grid-node.jar health report --json"
    })
final class HealthReportCommand implements CliCommand {

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
    String text = HealthPage.fetchText(node.address);
    HealthPage page = HealthPage.parse(text);
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (isJson) {
      screen.line(text.strip());
      return page.exitCode().number();
    }
    page.summary().forEach(screen::line);
    for (HealthPage.Quadrant quadrant : page.quadrants()) {
      screen.line("");
      screen.heading(quadrant.title());
      quadrant.lines().forEach(screen::line);
    }
    return page.exitCode().number();
  }
}
