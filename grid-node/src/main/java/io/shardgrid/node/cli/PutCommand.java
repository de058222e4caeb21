package io.shardgrid.node.cli;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a value. */
@Command(
    name = "put",
    description = {
      "Stores VALUE under KEY in MAP, as text, and returns when the grid has acknowledged it.",
      "The map is made if there is none. Without --ttl the entry stays until it is removed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar put greetings en hello",
      "  java -jar grid-node.jar put sessions 4711 '{\"user\":\"ada\"}' --ttl 30m"
    })
public final class PutCommand implements CliCommand {

  @Mixin private NodeOption node;

  @Parameters(index = "0", paramLabel = "MAP", description = "Name of the map.")
  private String map;

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, as text.")
  private String key;

  @Parameters(index = "2", paramLabel = "VALUE", description = "The value, as text.")
  private String value;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "The entry expires after this time: 250ms, 30s, 10m, 2h or 7d.")
  private @Nullable Duration ttl;

  @Override
  public Integer call() {
    try (GridClient client = Remote.connect(node.address)) {
      AsyncMap<String, String> target = client.map(map, Codecs.string(), Codecs.string());
      Remote.await(ttl == null ? target.put(key, value) : target.put(key, value, ttl));
      return ExitCode.OK.number();
    }
  }
}
