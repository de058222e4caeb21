package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows all that a gateway knows of its canary. */
@Command(
    name = "report",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar gateway report",
      "  java -jar grid-node.jar gateway report --json"
    },
    description = {
      "Shows all that a gateway knows of its canary: what was compared, mismatches with both answers,"
          + " times, the self-test. Ends with code 0, 9 (HOLD) or 10 (ROLL_BACK)."
    })
public final class GatewayReportCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private GatewayOption gateway;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean isJson;

  @Override
  public Set<ExitCode> exitCodes() {
    return GatewayVerdictCommand.codes();
  }

  @Override
  public Integer call() {
    String text = AdminPage.get(gateway.address, isJson ? "/report" : "/report.txt");
    Screen.of(spec).line(text.stripTrailing());
    String verdict = AdminPage.get(gateway.address, "/verdict");
    return GatewayVerdictCommand.codeOf(
            AdminPage.parse(verdict, GatewayVerdictCommand.Found.class).decision())
        .number();
  }
}
