package io.shardgrid.node.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardgrid.client.GridClient;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.Credentials;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.TlsOption;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what two clusters hold. */
@Command(
    name = "compare",
    description = {
      "Compares what two clusters hold, map by map and, if both have as many shards, shard by shard,"
          + " by the digests that they keep up to date themselves: over keys, values and deadlines of"
          + " all entries, without versions. No entry is read.",
      "Ends with code 0 only if they hold the same. While something is written they may differ for a"
          + " moment; so it is looked again, --tries times. Deadlines that were set as a time to live"
          + " at each cluster by itself differ by milliseconds, which the digests show."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar digest compare 127.0.0.1:7171 127.0.0.1:7181",
    })
final class DigestCompareCommand implements CliCommand {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES_MAX = 1_000;
  private static final int SHOWN_MAX = 32;

  @Spec private CommandSpec spec;

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private Credentials credentials = new Credentials();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private TlsOption tls = new TlsOption();

  @Parameters(index = "0", paramLabel = "HOST:PORT", description = "RESP address of a node of one.")
  private String one = "";

  @Parameters(
      index = "1",
      paramLabel = "HOST:PORT",
      description = "RESP address of a node of the other.")
  private String other = "";

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "3",
      description = "Looks at most, while they differ, 1 to 1000. Default: ${DEFAULT-VALUE}")
  private int tries;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Shards that are asked at once, 1 to 64. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean isJson;

  @Override
  public Integer call() throws Exception {
    OptionBounds.require(spec, "--tries", tries, 1, TRIES_MAX);
    OptionBounds.require(spec, "--parallel", parallel, 1, BackupPlan.PARALLEL_MAX);
    try (GridClient first = Remote.connect(one);
        GridClient second = Remote.connect(other)) {
      DigestComparison found = DigestComparison.of(first.shards(), second.shards(), parallel);
      for (int left = tries - 1; left > 0 && !found.same(); left--) {
        Waiting.linger(PAUSE);
        found = DigestComparison.of(first.shards(), second.shards(), parallel);
      }
      show(Screen.of(spec), found);
      return (found.same() ? ExitCode.OK : ExitCode.FAILED).number();
    }
  }

  private void show(Screen screen, DigestComparison found) throws Exception {
    if (isJson) {
      screen.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(found));
      return;
    }
    for (DigestComparison.MapLine map : found.maps()) {
      screen.check(
          map.same(),
          map.same()
              ? "%s: %s entries, %s"
                  .formatted(map.map(), Screen.grouped(map.entries()), map.digest())
              : "%s: %s entries, %s; %s entries, %s"
                  .formatted(
                      map.map(),
                      Screen.grouped(map.entries()),
                      map.digest(),
                      Screen.grouped(map.otherEntries()),
                      map.otherDigest()));
    }
    if (found.maps().isEmpty()) {
      screen.check(true, "both hold nothing");
    }
    List<Integer> shards = found.shards();
    if (shards == null) {
      screen.line("       the clusters have different numbers of shards: compared map by map only");
    } else if (!shards.isEmpty()) {
      screen.line(
          "       shards that differ: %d, %s%s"
              .formatted(
                  shards.size(),
                  shards.subList(0, Math.min(SHOWN_MAX, shards.size())),
                  shards.size() > SHOWN_MAX ? " and more" : ""));
    }
  }
}
