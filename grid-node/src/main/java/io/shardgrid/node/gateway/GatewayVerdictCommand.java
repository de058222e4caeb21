package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what to do with the canary. */
@Command(
    name = "verdict",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar gateway verdict",
      "  java -jar grid-node.jar gateway verdict --gateway 127.0.0.1:8271 --json"
    },
    description = {
      "Says what to do with the canary, in one word, and why: PROMOTE, HOLD (go on comparing) or"
          + " ROLL_BACK.",
      "Ends with code 0, 9 or 10."
    })
public final class GatewayVerdictCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private GatewayOption gateway;

  @Option(names = "--json", description = "Print the gateway's answer as it is, in JSON.")
  private boolean isJson;

  /** What the page says. */
  record Found(String decision, List<String> reasons) {}

  static Set<ExitCode> codes() {
    return Set.of(
        ExitCode.OK,
        ExitCode.HOLD,
        ExitCode.ROLL_BACK,
        ExitCode.FAILED,
        ExitCode.USAGE,
        ExitCode.INTERNAL);
  }

  @Override
  public Set<ExitCode> exitCodes() {
    return codes();
  }

  @Override
  public Integer call() {
    String text = AdminPage.get(gateway.address, "/verdict");
    Found found = AdminPage.parse(text, Found.class);
    Screen screen = Screen.of(spec);
    if (isJson) {
      screen.line(text.strip());
    } else {
      screen.line(found.decision);
      found.reasons.forEach(reason -> screen.line("  " + reason));
    }
    return codeOf(found.decision).number();
  }

  /** The code of a verdict. */
  static ExitCode codeOf(String decision) {
    return switch (decision) {
      case "PROMOTE" -> ExitCode.OK;
      case "HOLD" -> ExitCode.HOLD;
      case "ROLL_BACK" -> ExitCode.ROLL_BACK;
      default ->
          throw new CommandException(
              ExitCode.FAILED, "What answers is no gateway of this version: verdict=" + decision);
    };
  }
}
