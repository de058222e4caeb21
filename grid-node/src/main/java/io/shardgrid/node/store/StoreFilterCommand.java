package io.shardgrid.node.store;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.HttpOption;
import io.shardgrid.node.cli.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the existence filter of a map be made anew. */
@Command(
    name = "filter",
    description = {
      "Has the existence filter of a map be made anew from the keys of its store, for the shards",
      "that the node serves which is asked: ask each node. Until it is made, reads of absent keys",
      "ask the store."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar store filter cities --http 127.0.0.1:8171")
final class StoreFilterCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MAP", description = "The map.")
  private String map = "";

  @Mixin private HttpOption node;

  @Override
  public Integer call() {
    if (!StorePage.refill(node.address(), map)) {
      throw new CommandException(ExitCode.FAILED, "The map has no store: map=" + map);
    }
    new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi())
        .line("The filter is made anew.");
    return ExitCode.OK.number();
  }
}
