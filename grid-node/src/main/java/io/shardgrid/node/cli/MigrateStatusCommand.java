package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the moves of shards. */
@Command(
    name = "status",
    description = {
      "Shows the moves of shards that are under way, and those that have ended of late (the last 256"
          + " since the authority over the placement began).",
      "PAUSE is how long the shard had no primary at the switch, by the clock of the former one: from"
          + " when that numbered nothing more until it heard the next one."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar migrate status",
      "  java -jar grid-node.jar migrate status --all --json"
    })
final class MigrateStatusCommand implements CliCommand {

  private static final int ENDED_SHOWN = 20;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  @Option(
      names = "--all",
      description = "Show all moves that are remembered, not only the last 20 that have ended.")
  private boolean isAll;

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String text = AdminPage.get(node.address, "/migrations");
    MigrationsPage page = MigrationsPage.parse(text);
    if (isJson) {
      screen.line(text.strip());
      return ExitCode.OK.number();
    }
    screen.heading("Moves: " + page.summary());
    screen.line(page.paceLine());
    if (!page.moves().isEmpty()) {
      page.table(isAll ? Integer.MAX_VALUE : ENDED_SHOWN).forEach(screen::line);
    }
    return ExitCode.OK.number();
  }
}
