package io.shardgrid.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the members of a cluster and where they listen. */
@Command(
    name = "nodes",
    description = {
      "Shows the members of a cluster: where they listen, their zone, weight and standing.",
      "Ends with code 1 if one does not answer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar nodes",
      "  java -jar grid-node.jar nodes --node 127.0.0.1:8172 --json"
    })
public final class NodesCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--json", description = "Print the members as JSON.")
  private boolean isJson;

  @Override
  public Integer call() {
    NodesPage page = NodesPage.fetch(node.address);
    Screen screen = Screen.of(spec);
    if (isJson) {
      screen.line(AdminPage.write(page));
    } else {
      page.table().forEach(screen::line);
    }
    boolean isWhole = page.members().stream().allMatch(NodesPage.Node::isAnswering);
    return (isWhole ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
