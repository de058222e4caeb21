package io.shardgrid.node.rule;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drops a rule. */
@Command(
    name = "drop",
    description = "Drops a rule: nobody can call it any more.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule drop fraud")
final class RuleDropCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule.")
  private String name;

  @Override
  public Integer call() {
    RulePage.change(node.address(), "drop", name);
    new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi())
        .line("Dropped " + name + ".");
    return ExitCode.OK.number();
  }
}
