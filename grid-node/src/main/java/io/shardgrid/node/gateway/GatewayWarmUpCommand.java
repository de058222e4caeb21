package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.BytesConverter;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a gateway fill its canary from production. */
@Command(
    name = "warm-up",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar gateway warm-up --parallel 4",
      "  java -jar grid-node.jar gateway warm-up --bytes-per-second 8m"
    },
    description = {
      "Has a gateway fill its canary from production while both are used: chunks as for a backup,"
          + " then every key that both do not hold alike is copied anew. Until that is done nothing is"
          + " compared. Waits for the end; code 0 if the canary holds what production holds."
    })
public final class GatewayWarmUpCommand implements CliCommand {

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int PARALLEL_MAX = 64;

  @Spec private CommandSpec spec;
  @Mixin private GatewayOption gateway;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Shards that are read at once, 1 to 64. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(
      names = "--bytes-per-second",
      paramLabel = "BYTES",
      converter = BytesConverter.class,
      description =
          "Read so many bytes a second of production at most, such as 8m. Default: no bound")
  private long bytesPerSecond;

  @Override
  public Integer call() {
    OptionBounds.require(spec, "--parallel", parallel, 1, PARALLEL_MAX);
    Screen screen = Screen.of(spec);
    AdminPage.post(
        gateway.address, "/warm-up?parallel=" + parallel + "&bytes-per-second=" + bytesPerSecond);
    WarmUpDesk.Progress progress = WarmUpDesk.Progress.NONE;
    String shown = "";
    while (progress.state() != WarmUpDesk.State.DONE
        && progress.state() != WarmUpDesk.State.FAILED) {
      Waiting.linger(PAUSE);
      progress =
          AdminPage.parse(
              AdminPage.get(gateway.address, "/warm-up/progress"), WarmUpDesk.Progress.class);
      String line =
          "       %s: %d of %d shards"
              .formatted(progress.state(), progress.shards(), progress.of());
      if (!line.equals(shown)) {
        screen.line(line);
        shown = line;
      }
    }
    boolean isDone = progress.state() == WarmUpDesk.State.DONE;
    screen.check(
        isDone,
        isDone
            ? "%s entries written, %s keys copied anew behind that"
                .formatted(Screen.grouped(progress.written()), Screen.grouped(progress.repaired()))
            : progress.reason());
    return (isDone ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
