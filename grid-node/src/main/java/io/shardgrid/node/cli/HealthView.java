package io.shardgrid.node.cli;

import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that shows a part of the health report, and ends with the code of its word. */
abstract class HealthView implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  /** Shows what it is about to people. */
  abstract void show(HealthPage page, Screen screen);

  @Override
  public Set<ExitCode> exitCodes() {
    return HealthPage.exitCodes();
  }

  @Override
  public Integer call() {
    // The report is there whatever it says; /health is not, if shards are lost.
    String text = HealthPage.fetchText(node.address);
    HealthPage page = HealthPage.parse(text);
    Screen screen = Screen.of(spec);
    if (isJson) {
      screen.line(text.strip());
    } else {
      show(page, screen);
    }
    return page.exitCode().number();
  }
}
