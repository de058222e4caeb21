package io.shardgrid.node.autoscale;

import io.shardgrid.node.bench.SvgOption;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a trace of load against a policy. */
@Command(
    name = "simulate-autoscale",
    description = {
      "Replays a load against a policy in simulated time: what the autoscaler would do, and why.",
      "Nothing is started. The load is spread evenly; a new node serves when its shards are there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar simulate-autoscale diurnal --svg diurnal.svg",
      "  java -jar grid-node.jar simulate-autoscale flapping --down-window off --tolerance 0",
      "  java -jar grid-node.jar simulate-autoscale load.csv --capacity 20000 --max 12"
    })
public final class SimulateAutoscaleCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private PolicyOptions policy;
  @Mixin private ModelOptions model;
  @Mixin private SvgOption svg;

  @Parameters(
      index = "0",
      paramLabel = "TRACE",
      description =
          "A file whose first line is 'seconds,load' and whose others are rows of it, or one of the"
              + " traces of this program: bursty, diurnal, flapping.")
  private String source;

  @Override
  public Integer call() {
    policy.check(spec);
    model.check(spec);
    svg.check(spec);
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    Simulation simulation =
        new Simulation(
            policy.settings(model.copies()),
            model.model(),
            policy.target(),
            policy.interval(),
            model.nodes());
    SimulationResult result = simulation.run(LoadTrace.open(source));
    SimulationPage.lines(result).forEach(screen::line);
    String subtitle =
        String.format(
            Locale.ROOT,
            "%,.0f operations a second a node, target %d %%",
            model.model().capacity(),
            policy.target());
    svg.write(() -> SimulationPage.charts(result, subtitle).svg());
    return ExitCode.OK.number();
  }
}
