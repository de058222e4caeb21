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

/** Ends the quarantine of a rule. */
@Command(
    name = "release",
    description = "Has all nodes call a rule again that has failed too often.",
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule release fraud")
final class RuleReleaseCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule.")
  private String name;

  @Override
  public Integer call() {
    RulePage.change(node.address(), "release", name);
    new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi())
        .line("Released " + name + ".");
    return ExitCode.OK.number();
  }
}
