package io.shardgrid.node.cli;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the value of a key. */
@Command(
    name = "get",
    description = {
      "Prints the value of KEY in MAP, as text.",
      "A key without an entry prints nothing on standard output and ends with code 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar get cities 2988507",
      "  java -jar grid-node.jar get cities 2988507 --node 127.0.0.1:7172"
    })
public final class GetCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;

  @Parameters(index = "0", paramLabel = "MAP", description = "Name of the map.")
  private String map;

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, as text.")
  private String key;

  @Override
  public Integer call() {
    try (GridClient client = Remote.connect(node.address)) {
      Optional<String> value =
          Remote.await(client.map(map, Codecs.string(), Codecs.string()).get(key));
      if (value.isEmpty()) {
        throw new CommandException(
            ExitCode.FAILED, "The key has no entry: map=" + map + ", key=" + key);
      }
      spec.commandLine().getOut().println(value.get());
      spec.commandLine().getOut().flush();
      return ExitCode.OK.number();
    }
  }
}
