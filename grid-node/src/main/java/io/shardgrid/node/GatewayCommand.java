package io.shardgrid.node;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridException;
import io.shardgrid.node.child.StdinWatch;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.gateway.Gateway;
import io.shardgrid.node.gateway.GatewayModeCommand;
import io.shardgrid.node.gateway.GatewayReportCommand;
import io.shardgrid.node.gateway.GatewayVerdictCommand;
import io.shardgrid.node.gateway.GatewayWarmUpCommand;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a gateway until it is asked to end, and asks one. */
@Command(
    name = "gateway",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Runs a gateway until SIGTERM or Ctrl-C: Redis clients in front, two clusters behind. The"
          + " canary is asked what production is asked, the answers are compared, and a verdict says"
          + " whether the canary may be promoted. What the canary does is not felt by clients.",
      "Users and TLS of the gateway's own ports are those of grid.node; how it is known to the two"
          + " clusters stands in grid.gateway.production and grid.gateway.canary."
    },
    subcommands = {
      GatewayVerdictCommand.class,
      GatewayReportCommand.class,
      GatewayModeCommand.class,
      GatewayWarmUpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar gateway --production 127.0.0.1:7171 --canary 127.0.0.1:7181",
      "  redis-cli -p 7271 set town Basel",
      "  java -jar grid-node.jar gateway warm-up",
      "  java -jar grid-node.jar gateway verdict",
      "  java -jar grid-node.jar gateway mode canary --percent 5"
    })
final class GatewayCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private GatewayFlags flags;

  @Option(
      names = "--config",
      order = 20,
      paramLabel = "FILE",
      description = "HOCON file with a section grid; other options win over it.")
  private @Nullable Path config;

  @Option(
      names = "--stop-with-stdin",
      hidden = true,
      description = "Stop in order when standard input ends, as it does with the starting process.")
  private boolean stopsWithStdin;

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.USAGE, ExitCode.CANNOT_BIND, ExitCode.NO_CLUSTER, ExitCode.INTERNAL);
  }

  @Override
  public Integer call() {
    Logging.prepare(Logging.Format.TEXT);
    GatewaySettings settings = GatewaySettings.load(config, flags.values());
    CountDownLatch closed = new CountDownLatch(1);
    Guards guards = Guards.open(settings.node());
    Gateway gateway = started(settings, guards);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  gateway.close();
                  guards.close();
                  closed.countDown();
                  Runtime.getRuntime().halt(ExitCode.OK.number());
                },
                "grid-stop"));
    if (stopsWithStdin) {
      StdinWatch.begin(ExitCode.OK);
    }
    String host = settings.node().grid().engine().member().listenHost();
    Screen.of(spec)
        .line(
            "ready gateway resp=%s:%d http=%s:%d"
                .formatted(host, gateway.respPort(), host, gateway.httpPort()));
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK.number();
  }

  private static Gateway started(GatewaySettings settings, Guards guards) {
    try {
      return Gateway.start(settings.plan(guards));
    } catch (GridConfigException e) {
      guards.close();
      throw e.getCause() == null
          ? e
          : new CommandException(ExitCode.CANNOT_BIND, Verdict.of(e).line(), e);
    } catch (GridException e) {
      guards.close();
      throw new CommandException(
          ExitCode.NO_CLUSTER, "Production cannot be connected: " + e.getMessage(), e);
    }
  }
}
