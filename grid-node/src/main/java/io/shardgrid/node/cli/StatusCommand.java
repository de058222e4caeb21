package io.shardgrid.node.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the members of a cluster and what they hold. */
@Command(
    name = "status",
    description = {
      "Shows the members of a cluster, their standing, their shards, entries and bytes.",
      "Ends with code 1 if a shard is lost or a member does not answer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar status",
      "  java -jar grid-node.jar status --watch",
      "  java -jar grid-node.jar status --node 127.0.0.1:8172 --json"
    })
public final class StatusCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "2s",
      converter = DurationConverter.class,
      description = "Show it again and again, each 2s or TIME, until Ctrl-C.")
  private @Nullable Duration interval;

  @Override
  public Integer call() {
    Screen screen = Screen.of(spec);
    Duration each = interval;
    if (each != null) {
      if (isJson) {
        throw new ParameterException(spec.commandLine(), "--watch, --json: one of them is wanted");
      }
      new Refresh(screen, each, () -> true)
          .show(() -> lines(ClusterPage.parse(ClusterPage.fetchText(node.address))));
    }
    String text = ClusterPage.fetchText(node.address);
    ClusterPage page = ClusterPage.parse(text);
    if (isJson) {
      screen.line(text.strip());
    } else {
      lines(page).forEach(screen::line);
    }
    return (page.isWhole() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private static List<String> lines(ClusterPage page) {
    List<String> lines = new ArrayList<>();
    lines.add("Cluster " + page.cluster() + ": " + page.verdict());
    lines.addAll(page.table());
    if (!page.lostShards().isEmpty()) {
      lines.add("Lost shards, which answer ShardLostException: " + page.lostShards());
    }
    return lines;
  }
}
