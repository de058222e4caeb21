package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Watches and steers the moves of shards between members. */
@Command(
    name = "migrate",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Watches and steers the moves of shards between members, while they are used.",
      "A pause holds up what only evens out: missing copies are made, and members that leave are"
          + " emptied, all the same."
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar migrate status",
      "  java -jar grid-node.jar migrate plan --weight a=3 --without b",
      "  java -jar grid-node.jar migrate pause",
      "  java -jar grid-node.jar migrate cancel 17 18",
      "  java -jar grid-node.jar migrate verify"
    },
    subcommands = {
      MigrateStatusCommand.class,
      MigratePlanCommand.class,
      MigratePauseCommand.class,
      MigrateResumeCommand.class,
      MigrateStartCommand.class,
      MigrateCancelCommand.class,
      MigrateVerifyCommand.class
    })
public final class MigrateCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
