package io.shardgrid.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.client.GridClient;
import io.shardgrid.wire.Answer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints entries of a map. */
@Command(
    name = "scan",
    description = {
      "Prints entries of MAP as text, a key, a tab and the value on each line; with --json one object a"
          + " line, with version and deadline.",
      "It is no snapshot: an entry that comes or goes meanwhile may be there or not, and while the map"
          + " shrinks one may come twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar scan cities --pattern '18*' --limit 20",
      "  java -jar grid-node.jar scan cities --json"
    })
public final class ScanCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;
  @Mixin private MapScan scan;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Print so many at most, from 1 on. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(names = "--json", description = "Print a JSON object for each entry, one a line.")
  private boolean isJson;

  /** What is printed of an entry with --json; the deadline is null for never. */
  record Line(String key, String value, long version, @Nullable String deadline) {

    static Line of(Answer.Item item) {
      return new Line(
          new String(item.key(), UTF_8),
          new String(Objects.requireNonNull(item.value()), UTF_8),
          item.version(),
          item.deadlineMillis() == 0
              ? null
              : Instant.ofEpochMilli(item.deadlineMillis()).toString());
    }
  }

  @Override
  public Integer call() {
    OptionBounds.require(spec, "--limit", limit, 1, Integer.MAX_VALUE);
    Screen screen = Screen.of(spec);
    try (GridClient client = Remote.connect(node.address)) {
      int[] shown = {0};
      scan.run(
          client,
          true,
          item -> {
            if (shown[0] == limit) {
              spec.commandLine().getErr().println("There are more: --limit=" + limit);
              spec.commandLine().getErr().flush();
              return false;
            }
            shown[0]++;
            Line line = Line.of(item);
            screen.line(isJson ? AdminPage.writeLine(line) : line.key() + "\t" + line.value());
            return true;
          });
      return ExitCode.OK.number();
    }
  }
}
