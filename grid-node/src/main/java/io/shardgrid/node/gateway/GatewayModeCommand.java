package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes what a gateway does with dyed operations. */
@Command(
    name = "mode",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar gateway mode canary --percent 5",
      "  java -jar grid-node.jar gateway mode off"
    },
    description = "Changes what a gateway does with dyed operations, until it ends.")
public final class GatewayModeCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private GatewayOption gateway;

  @Parameters(index = "0", paramLabel = "off|shadow|canary", description = "What it is to do.")
  private String mode = "";

  @Option(
      names = "--percent",
      paramLabel = "SHARE",
      description = "Share of the keys that is dyed, 0 to 100. Default: as it is")
  private @Nullable Double percent;

  /** What the page says. */
  record Found(String mode, double percent) {}

  @Override
  public Integer call() {
    String path =
        "/mode?mode="
            + mode.toLowerCase(Locale.ROOT)
            + (percent == null ? "" : "&percent=" + percent);
    Found found = AdminPage.parse(AdminPage.post(gateway.address, path), Found.class);
    Screen.of(spec).line("mode %s, %s %% of the keys".formatted(found.mode, found.percent));
    return ExitCode.OK.number();
  }
}
