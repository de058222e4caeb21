package io.shardgrid.node.rule;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Loads rules in WebAssembly, and has them decide about entries. */
@Command(
    name = "rule",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Loads rules, modules of WebAssembly, and has them decide about entries where the entries are:"
          + " what a rule reads, changes and answers is one operation.",
      "A rule runs in a sandbox, with limits of time, memory, stack and instructions (grid.rule)."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar rule load fraud fraud.wasm",
      "  java -jar grid-node.jar rule call accounts 4711 fraud.validate_transaction 1000 3",
      "  java -jar grid-node.jar rule list"
    },
    subcommands = {
      RuleLoadCommand.class,
      RuleListCommand.class,
      RuleShowCommand.class,
      RuleCallCommand.class,
      RuleReleaseCommand.class,
      RuleDropCommand.class
    })
public final class RuleCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
