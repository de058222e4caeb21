package io.shardgrid.node.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows where the shards of a cluster are. */
@Command(
    name = "shards",
    description = {
      "Shows where each shard is and what it holds: its primary, its backups, the epoch of its"
          + " placement, the number of its last write, entries and bytes.",
      "Ends with code 1 if one is lost or does not answer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar shards",
      "  java -jar grid-node.jar shards --on b --node 127.0.0.1:8172 --json"
    })
public final class ShardsCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(
      names = "--on",
      paramLabel = "NODE",
      description = "Only those of which this member has a copy.")
  private @Nullable String member;

  @Option(names = "--json", description = "Print the shards as JSON.")
  private boolean isJson;

  @Override
  public Integer call() {
    String name = member;
    if (name != null) {
      // Refuses a name that no member has.
      ClusterPage.fetch(node.address).require(name);
    }
    ShardsPage all = ShardsPage.fetch(node.address);
    ShardsPage page = name == null ? all : all.on(name);
    Screen screen = Screen.of(spec);
    if (isJson) {
      screen.line(AdminPage.write(page));
    } else {
      page.table().forEach(screen::line);
    }
    boolean isWhole = page.list().stream().allMatch(ShardsPage.Line::hasAnswer);
    return (isWhole ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
