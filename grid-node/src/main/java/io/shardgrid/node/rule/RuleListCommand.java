package io.shardgrid.node.rule;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the rules that there are. */
@Command(
    name = "list",
    description = {
      "Shows the rules that there are, as they are on the node that is asked.",
      "STATE is ready, or failing with a reason that 'rule show' tells."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule list")
final class RuleListCommand implements CliCommand {

  private static final int HASH_SHOWN = 12;
  private static final int TEXT_COLUMNS = 4;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Override
  public Integer call() {
    List<RulePage> rules = RulePage.all(node.address());
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    if (rules.isEmpty()) {
      screen.line("No rules.");
      return ExitCode.OK.number();
    }
    TextTable table =
        new TextTable(TEXT_COLUMNS, "NAME", "STATE", "MODULE", "LOADED", "FUNCTIONS", "BYTES");
    for (RulePage rule : rules) {
      table.row(
          rule.name(),
          rule.problem() == null ? "ready" : "failing",
          rule.module().substring(0, HASH_SHOWN),
          Instant.ofEpochMilli(rule.loadedAtMillis()).truncatedTo(ChronoUnit.SECONDS),
          rule.functions().size(),
          rule.bytes());
    }
    table.lines().forEach(screen::line);
    return ExitCode.OK.number();
  }
}
