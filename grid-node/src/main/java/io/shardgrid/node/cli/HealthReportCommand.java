package io.shardgrid.node.cli;

import picocli.CommandLine.Command;

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
final class HealthReportCommand extends HealthView {

  @Override
  void show(HealthPage page, Screen screen) {
    page.summary().forEach(screen::line);
    for (HealthPage.Quadrant quadrant : page.quadrants()) {
      screen.line("");
      screen.heading(quadrant.title());
      quadrant.lines().forEach(screen::line);
    }
  }
}
