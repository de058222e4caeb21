package io.shardgrid.node.store;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.TextTable;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the stores behind maps. */
@Command(
    name = "status",
    description = {
      "Shows the stores behind maps, as they are on the node that is asked.",
      "BEHIND are keys whose last write the store does not have, with the age of the oldest;",
      "BREAKER is closed while loads are let through; LOADS and BATCHES are under way + waiting;",
      "POOL is connections in use / open."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar store status --http 127.0.0.1:8171")
final class StoreStatusCommand implements CliCommand {

  private static final int TEXT_COLUMNS = 3;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Override
  public Integer call() {
    List<StorePage> stores = StorePage.all(node.address());
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (stores.isEmpty()) {
      screen.line("No map has a store.");
      return ExitCode.OK.number();
    }
    TextTable table =
        new TextTable(
            TEXT_COLUMNS,
            "MAP",
            "WRITES",
            "BREAKER",
            "BEHIND",
            "AGE",
            "WAITING",
            "LOADS",
            "BATCHES",
            "QUERIES",
            "STORED",
            "REFUSED",
            "POOL");
    for (StorePage one : stores) {
      table.row(
          one.map(),
          one.writes().toLowerCase(Locale.ROOT),
          one.breaker().toLowerCase(Locale.ROOT).replace('_', ' '),
          one.marks(),
          one.oldestMarkMillis() + " ms",
          one.waiting(),
          one.loadsAtOnce() + " + " + one.loadsQueued(),
          one.writesAtOnce() + " + " + one.writesQueued(),
          one.queries(),
          one.count("STORED"),
          one.count("REFUSED"),
          one.own().getOrDefault("active", 0L) + " / " + one.own().getOrDefault("total", 0L));
    }
    table.lines().forEach(screen::line);
    return ExitCode.OK.number();
  }
}
