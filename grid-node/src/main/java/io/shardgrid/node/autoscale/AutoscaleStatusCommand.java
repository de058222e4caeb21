package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the autoscaler of a cluster does. */
@Command(
    name = "status",
    description = {
      "Shows what the autoscaler of a cluster does: its bounds, the order under way, its last"
          + " decision, what each metric said and what else influenced it.",
      "Ends with code 1 if it has not taken over yet: then it decides nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar autoscale status",
      "  java -jar grid-node.jar autoscale status --node 127.0.0.1:8172 --json"
    })
final class AutoscaleStatusCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String text = AutoscalePage.fetchText(node.address(), 1);
    AutoscalePage page = AutoscalePage.parse(text);
    if (isJson) {
      screen.line(text.strip());
    } else {
      StatusLines status = new StatusLines(page, ZoneId.systemDefault());
      screen.heading(status.heading());
      status.lines().forEach(screen::line);
    }
    boolean isAtWork = page.inCharge() || page.mode().equals("off");
    return (isAtWork ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
