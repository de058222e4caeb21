package io.shardgrid.node.cli;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads a file of JSON lines. */
@Command(
    name = "load",
    description = {
      "Loads FILE into MAP: one JSON object a line, plain or compressed by gzip.",
      "The key is the text of the field that --key-field names, the value the line as it is.",
      "Then reads the file once more and checks that every key is there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar load cities cities.ndjson.gz --key-field id",
      "  java -jar grid-node.jar load orders orders.ndjson --key-field number --in-flight 4"
    })
public final class LoadCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;

  @Parameters(index = "0", paramLabel = "MAP", description = "Name of the map.")
  private String map;

  @Parameters(index = "1", paramLabel = "FILE", description = "JSON lines, or those in gzip.")
  private Path file;

  @Option(
      names = "--key-field",
      paramLabel = "NAME",
      defaultValue = "id",
      description = "Top-level field that holds the key. Default: ${DEFAULT-VALUE}")
  private String keyField = "";

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "16",
      description = "Batches of 512 entries under way at once, 1 to 256. Default: ${DEFAULT-VALUE}")
  private int inFlight;

  @Override
  public Integer call() throws IOException {
    if (inFlight < 1 || inFlight > 256) {
      throw new ParameterException(spec.commandLine(), "--in-flight: wanted is 1 to 256");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "FILE: cannot be read: " + file);
    }
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    try (GridClient client = Remote.connect(node.address)) {
      var target = client.map(map, Codecs.string(), Codecs.bytes());
      var load = new Load(target, inFlight, screen, System::nanoTime);
      long loaded = load.put(this::open);
      long found = load.countPresent(this::open, loaded);
      screen.check(found == loaded, found + " of " + loaded + " lines loaded and verified");
      screen.line("  The map " + map + " has " + Remote.await(target.size()) + " entries.");
      return (found == loaded ? ExitCode.OK : ExitCode.FAILED).number();
    }
  }

  private NdjsonReader open() throws IOException {
    return new NdjsonReader(Files.newInputStream(file), file.toString(), keyField);
  }
}
