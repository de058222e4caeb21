package io.shardgrid.node.bench;

import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a load sees while a cluster grows: of this program and of Hazelcast, by turns. */
@Command(name = "beside-hazelcast")
final class BesideHazelcast implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Mixin private HeapOption memory;

  @Option(names = "--nodes")
  private int nodes = 2;

  @Option(names = "--rate")
  private int rate = 8_200;

  @Option(names = "--rounds")
  private int rounds = 1;

  @Option(names = "--alone", description = "Measure Hazelcast only.")
  private boolean isAlone;

  @Option(names = "--calm", converter = DurationConverter.class)
  private Duration calm = Duration.ofSeconds(15);

  /** Runs it. */
  public static void main(String[] arguments) {
    // With two processors the common pool has one thread by default, and Hazelcast's client then
    // starts a thread for each operation.
    System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
    System.exit(new CommandLine(new BesideHazelcast()).execute(arguments));
  }

  @Override
  public Integer call() {
    data.check(spec);
    memory.check(spec);
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    Growth growth =
        new Growth(
            new Growth.Plan(nodes, data.entries, data.valueBytes, rate, calm, false), screen);
    for (int round = 0; round < rounds && isAlone; round++) {
      growth.measure(new HazelcastRig(memory.heap));
    }
    for (int round = 0; round < rounds && !isAlone; round++) {
      Growth.Result own = growth.measure(new GridRig(1, memory.heap, screen));
      Growth.Result other = growth.measure(new HazelcastRig(memory.heap));
      screen.line();
      screen.line(
          String.format(
              Locale.ROOT,
              "p99 meanwhile: Hazelcast's is %.1f times Shardgrid's; Shardgrid's is %.2f times its"
                  + " own before",
              other.during().millis(99) / own.during().millis(99),
              own.during().millis(99) / own.before().millis(99)));
    }
    return 0;
  }
}
