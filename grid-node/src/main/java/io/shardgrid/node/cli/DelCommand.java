package io.shardgrid.node.cli;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes entries. */
@Command(
    name = "del",
    description = {
      "Removes the entries of keys of MAP and prints how many there were.",
      "Ends with code 1 if none of the keys had an entry."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar del cities 2988507 1857910")
public final class DelCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;

  @Parameters(index = "0", paramLabel = "MAP", description = "Name of the map.")
  private String map;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "Keys, as text.")
  private List<String> keys;

  @Override
  public Integer call() {
    try (GridClient client = Remote.connect(node.address)) {
      long removed =
          Remote.await(client.map(map, Codecs.string(), Codecs.string()).removeAll(keys));
      Screen.of(spec).line(Long.toString(removed));
      return (removed > 0 ? ExitCode.OK : ExitCode.FAILED).number();
    }
  }
}
