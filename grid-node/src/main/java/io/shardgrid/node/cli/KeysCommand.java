package io.shardgrid.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.client.GridClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the keys of a map, or how many there are. */
@Command(
    name = "keys",
    description = {
      "Prints the keys of MAP, one a line, or how many fit a pattern. Values are not read.",
      "It is no snapshot: a key that comes or goes meanwhile may be there or not, and while the map"
          + " shrinks one may come twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar keys cities --pattern '18*' --limit 20",
      "  java -jar grid-node.jar keys cities --count"
    })
public final class KeysCommand implements CliCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeOption node;
  @Mixin private MapScan scan;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Print so many at most, 1 to 1000000. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(
      names = "--count",
      description = "Print only how many there are; --limit is of no effect.")
  private boolean isCount;

  @Option(names = "--json", description = "Print a JSON object: keys and isComplete, or count.")
  private boolean isJson;

  /** What is printed with --json. */
  record Found(List<String> keys, boolean isComplete) {}

  /** What is printed with --json and --count. */
  record Counted(long count) {}

  @Override
  public Integer call() {
    OptionBounds.require(spec, "--limit", limit, 1, 1_000_000);
    Screen screen = Screen.of(spec);
    try (GridClient client = Remote.connect(node.address)) {
      if (isCount) {
        long[] count = {0};
        scan.run(
            client,
            false,
            item -> {
              count[0]++;
              return true;
            });
        screen.line(isJson ? AdminPage.write(new Counted(count[0])) : Long.toString(count[0]));
      } else {
        print(screen, client);
      }
      return ExitCode.OK.number();
    }
  }

  private void print(Screen screen, GridClient client) {
    List<String> keys = new ArrayList<>();
    boolean[] isComplete = {true};
    scan.run(
        client,
        false,
        item -> {
          if (keys.size() == limit) {
            isComplete[0] = false;
            return false;
          }
          keys.add(new String(item.key(), UTF_8));
          return true;
        });
    if (isJson) {
      screen.line(AdminPage.write(new Found(keys, isComplete[0])));
      return;
    }
    keys.forEach(screen::line);
    if (!isComplete[0]) {
      spec.commandLine().getErr().println("There are more: --limit=" + limit);
      spec.commandLine().getErr().flush();
    }
  }
}
