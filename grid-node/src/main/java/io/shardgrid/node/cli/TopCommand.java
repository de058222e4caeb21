package io.shardgrid.node.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the members of a cluster do, again and again. */
@Command(
    name = "top",
    description = {
      "Shows what each member does, again and again until Ctrl-C: operations a second that its shards"
          + " took, what half of those of the last half second did not exceed from arrival to answer, and"
          + " what 99 of 100 did not, writes that wait for backups, entries and bytes. Times of the total"
          + " are those of the slowest member.",
      "Reads that a member answers to its own process without a message are not counted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar top",
      "  java -jar grid-node.jar top --once --json --interval 5s"
    })
public final class TopCommand implements CliCommand {

  private static final double NANOS = 1e9;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "Time between two looks, at least 100ms. Default: ${DEFAULT-VALUE}")
  private Duration interval = Duration.ZERO;

  @Option(names = "--once", description = "Look twice, show what happened between, and end.")
  private boolean isOnce;

  @Option(names = "--json", description = "Print JSON; with --once only.")
  private boolean isJson;

  @Override
  public Integer call() {
    if (interval.toMillis() < 100) {
      throw new ParameterException(spec.commandLine(), "--interval: wanted is at least 100ms");
    }
    if (isJson && !isOnce) {
      throw new ParameterException(spec.commandLine(), "--json: wanted is --once with it");
    }
    Screen screen = Screen.of(spec);
    Looks looks = new Looks(node.address);
    looks.next();
    Waiting.linger(interval);
    if (isOnce) {
      TopSample sample = looks.next();
      if (isJson) {
        screen.line(AdminPage.write(sample));
      } else {
        sample.table().forEach(screen::line);
      }
      return ExitCode.OK.number();
    }
    new Refresh(screen, interval, () -> true).show(() -> lines(looks.next()));
    return ExitCode.OK.number();
  }

  private static List<String> lines(TopSample sample) {
    List<String> lines = new ArrayList<>();
    lines.add("Cluster " + sample.cluster());
    lines.addAll(sample.table());
    return lines;
  }

  /** Looks at a cluster, each time compared with the time before. */
  private static final class Looks {
    private final String node;
    private NodesPage last = new NodesPage("", List.of());
    private long lastNanos = System.nanoTime();

    Looks(String node) {
      this.node = node;
    }

    TopSample next() {
      NodesPage now = NodesPage.fetch(node);
      long nowNanos = System.nanoTime();
      TopSample sample = TopSample.between(last, now, Math.max(1, nowNanos - lastNanos) / NANOS);
      last = now;
      lastNanos = nowNanos;
      return sample;
    }
  }
}
