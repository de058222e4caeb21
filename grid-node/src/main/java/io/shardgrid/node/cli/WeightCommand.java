package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes a member's share of the data. */
@Command(
    name = "weight",
    description = {
      "Changes a member's share of the data relative to the others, as long as its process runs; what"
          + " has to move then is moved while it is used (see migrate status).",
      "With 0 it gives all its data away and stays a member: a witness."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar grid-node.jar weight 3", "  java -jar grid-node.jar weight 0 b"})
public final class WeightCommand implements CliCommand {

  private static final int WEIGHT_MAX = 1000;

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(index = "0", paramLabel = "N", description = "The weight, 0 to 1000.")
  private int weight;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NODE",
      description = "Name of a member. Default: the one at --node.")
  private @Nullable String name;

  /** The node's answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Weighed(String node, int weight) {}

  @Override
  public Integer call() {
    if (weight < 0 || weight > WEIGHT_MAX) {
      throw new CommandException(
          ExitCode.USAGE, "N: wanted is 0 to " + WEIGHT_MAX + ", found is " + weight);
    }
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String address = ClusterPage.httpAddress(name, node.address);
    Weighed answer =
        AdminPage.parse(AdminPage.post(address, "/weight?value=" + weight), Weighed.class);
    screen.line("%s has weight %d now.".formatted(answer.node(), answer.weight()));
    return ExitCode.OK.number();
  }
}
