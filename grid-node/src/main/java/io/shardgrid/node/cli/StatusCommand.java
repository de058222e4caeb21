package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  java -jar grid-node.jar status --node 127.0.0.1:8172 --json"
    })
public final class StatusCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  @Override
  public Integer call() {
    String text = ClusterPage.fetchText(node.address);
    ClusterPage page = ClusterPage.parse(text);
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (isJson) {
      screen.line(text.strip());
    } else {
      screen.heading("Cluster " + page.cluster());
      page.table().forEach(screen::line);
      if (!page.lostShards().isEmpty()) {
        screen.line("Lost shards, which answer ShardLostException: " + page.lostShards());
      }
    }
    boolean isWhole =
        page.lostShards().isEmpty()
            && page.members().stream().allMatch(ClusterPage.Member::isAnswering);
    return (isWhole ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
