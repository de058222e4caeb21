package io.shardgrid.node.rule;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.RuleAnswer;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeOption;
import io.shardgrid.node.cli.Remote;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a rule decide about an entry. */
@Command(
    name = "call",
    description = {
      "Has RULE decide about the entry of KEY in MAP, and prints what it answers: the number that its"
          + " function returns, then what it gives beside that as text."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar rule call accounts 4711 fraud.validate_transaction 1000 3")
final class RuleCallCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private NodeOption node;

  @Parameters(index = "0", paramLabel = "MAP", description = "Name of the map.")
  private String map;

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, as text.")
  private String key;

  @Parameters(
      index = "2",
      paramLabel = "RULE[.FUNCTION]",
      description = "The rule, and which of its functions if it is called otherwise.")
  private String rule;

  @Parameters(
      index = "3..*",
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Whole numbers for the function's parameters, then text.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    try (GridClient client = Remote.connect(node.address())) {
      RuleAnswer answer =
          Remote.await(
              client
                  .map(map, Codecs.string(), Codecs.bytes())
                  .invoke(key, rule, arguments.toArray()));
      spec.commandLine().getOut().println(answer.number());
      answer.text().ifPresent(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return ExitCode.OK.number();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
