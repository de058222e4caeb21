package io.shardgrid.node.rule;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has something done to a rule that there is. */
abstract class RuleChange implements CliCommand {

  private final String action;
  private final String done;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule.")
  private String name;

  /**
   * A change.
   *
   * @param action the last part of its page's path
   * @param done what is said of it, before the name
   */
  RuleChange(String action, String done) {
    this.action = action;
    this.done = done;
  }

  @Override
  public final Integer call() {
    RulePage.change(node.address(), action, name);
    new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi())
        .line(done + " " + name + ".");
    return ExitCode.OK.number();
  }
}
