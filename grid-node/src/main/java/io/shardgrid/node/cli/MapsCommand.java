package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the maps of a cluster. */
@Command(
    name = "maps",
    description = {
      "Shows the maps of a cluster: entries, those that expire, bytes of entries, bytes taken for them"
          + " by primaries, limit and eviction. HITS is the share of keys that were there, of those that"
          + " were read within the last minute; - if none was.",
      "Ends with code 1 if not all shards answer: then the sums are too small."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar grid-node.jar maps", "  java -jar grid-node.jar maps --json"})
public final class MapsCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the maps as JSON.")
  private boolean isJson;

  @Override
  public Integer call() {
    MapsPage page = MapsPage.fetch(node.address);
    Screen screen = Screen.of(spec);
    if (isJson) {
      screen.line(AdminPage.write(page));
    } else {
      page.table().forEach(screen::line);
      screen.line(page.readsLine());
      if (page.shardsAnswering() < page.shards()) {
        screen.line(
            "The sums are of %d of %d shards, the others do not answer."
                .formatted(page.shardsAnswering(), page.shards()));
      }
    }
    return (page.shardsAnswering() == page.shards() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
