package io.shardgrid.node.rule;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a rule. */
@Command(
    name = "show",
    description = "Shows a rule with its functions, as it is on the node that is asked.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule show fraud")
final class RuleShowCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule.")
  private String name;

  @Override
  public Integer call() {
    RulePage rule =
        RulePage.all(node.address()).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> RulePage.missing(name));
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    screen.heading(rule.name());
    screen.line("module     " + rule.module() + ", " + rule.bytes() + " bytes");
    screen.line("loaded     " + Instant.ofEpochMilli(rule.loadedAtMillis()));
    screen.line("engine     " + (rule.engine() == null ? "none" : rule.engine()));
    screen.line("changes    " + (rule.changes() ? "the entry, if it decides so" : "nothing"));
    screen.line("problem    " + (rule.problem() == null ? "none" : rule.problem()));
    rule.functions().forEach(function -> screen.line("function   " + function));
    return ExitCode.OK.number();
  }
}
