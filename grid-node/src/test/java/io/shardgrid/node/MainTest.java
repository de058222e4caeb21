package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explainsEveryCommandWithExamplesAndExitCodes() {
    for (CommandLine command : commands()) {
      String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

      assertThat(help).contains("Usage: " + command.getCommandSpec().qualifiedName());
      assertThat(help).contains("Exit codes:", "Examples:\n  ", "java -jar grid-node.jar ");
      assertThat(help).contains("-h, --help", "-v, --verbose");
      assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
      CliCommand code = command.getCommand();
      assertThat(code.exitCodes()).contains(ExitCode.OK, ExitCode.USAGE);
    }
  }

  @Test
  void listsTheDrillsByNumber() {
    assertThat(run("drill", "list")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("   1  a node crashes (kill -9)\n");
  }

  @Test
  void describesEveryOptionAndParameter() {
    for (CommandLine command : commands()) {
      assertThat(command.getCommandSpec().options())
          .allSatisfy(option -> assertThat(described(option)).isNotBlank());
      assertThat(command.getCommandSpec().positionalParameters())
          .allSatisfy(parameter -> assertThat(described(parameter)).isNotBlank());
    }
  }

  @Test
  void showsHelpWithoutBeingAskedWhenThereIsNoCommand() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Usage: java -jar grid-node.jar", "Commands:");
  }

  @Test
  void endsWellWhenAskedForHelpOrVersion() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(run("start", "--help")).isEqualTo(ExitCode.OK);
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(run("version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Shardgrid ", "Java " + Runtime.version());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysInOneLineWhatIsWrongWithAnArgument() {
    assertUsage("There is no such command: foo", "foo");
    assertUsage("There is no such command: everything", "drill", "everything");
    assertUsage("--node: wanted is host:port, found is foo", "get", "map", "key", "--node", "foo");
    assertUsage("'--within': '5' is no time", "drain", "--within", "5");
    assertUsage("--within: wanted is 1 to 86400, found is 172800", "drain", "--within", "2d");
    assertUsage("'--foo'", "start", "--foo");
    assertUsage("'--port': 'abc' is not an int", "start", "--port", "abc");
    assertUsage("'--resp-mode': expected one of", "start", "--resp-mode", "x");
    assertUsage("'--log-format': expected one of", "start", "--log-format", "x");
    assertUsage("'KEY', 'VALUE'", "put", "map");
    assertUsage("'--ttl': '5' is no time", "put", "map", "key", "value", "--ttl", "5");
    assertUsage("--in-flight: wanted is 1 to 256", "load", "map", "file", "--in-flight", "0");
    assertUsage("FILE: cannot be read: /nowhere", "load", "map", "/nowhere");
    assertUsage("--country: wanted are two capital letters", "demo", "--country", "japan");
    assertUsage("--duration: wanted are 30s to 24h", "demo", "--elastic", "--duration", "1s");
    assertUsage("--report: wanted is a directory", "demo", "--elastic", "--report", "/nowhere");
    assertUsage("--keep: goes with the usual", "demo", "--elastic", "--keep");
    assertUsage("NUMBER: wanted are numbers of drill list, or all", "drill", "run", "99");
    assertUsage("--rate: wanted is 1 to 100000, found is 0", "drill", "run", "1", "--rate", "0");
    assertUsage("SHARD, --all: wanted are numbers of shards, or --all", "migrate", "cancel");
    assertUsage("'--weight'", "migrate", "plan", "--weight", "a");
    assertUsage("argument at index 2: 'x'", "migrate", "verify", "x");
    assertUsage("N: wanted is 0 to 1000, found is 1001", "weight", "1001");
    assertUsage("--load: wanted is 1 to 100, found is 0", "bench", "wire", "--load", "10,0");
    assertUsage("--nodes: wanted is 2 to 16, found is 1", "bench", "cluster", "--nodes", "1");
    assertUsage("name one", "bench", "embedded", "--threads", "1", "--in-flight", "1");
    assertUsage("--csv: wanted is a file in a directory", "bench", "wire", "--csv", "/nowhere/f");
    assertUsage("--svg: wanted is a file in a directory", "bench", "embedded", "--svg", "/");
    assertUsage("--heap: wanted is a size", "bench", "scaling", "--heap", "much");
    assertUsage("'--calm': '5' is no time", "drill", "run", "1", "--calm", "5");
    assertUsage("FILE: cannot be read: /nowhere", "autoscale", "eval", "/nowhere");
    assertUsage("TRACE: cannot be read: /nowhere", "simulate-autoscale", "/nowhere");
    assertUsage("--min: wanted is 1 to 1000", "simulate-autoscale", "diurnal", "--min", "0");
    assertUsage(
        "key=grid.autoscale.tolerance", "simulate-autoscale", "diurnal", "--tolerance", "-1");
  }

  @Test
  void saysInOneLineWhatIsWrongWithABackupOrALook() {
    assertUsage("'DIR'", "backup");
    assertUsage("--parallel: wanted is 1 to 64, found is 0", "backup", "d", "--parallel", "0");
    assertUsage("one of them at most", "restore", "d", "--merge", "--overwrite");
    assertUsage("--in-flight: wanted is 1 to 4096", "restore", "d", "--in-flight", "0");
    assertUsage("--limit: wanted is 1 to", "keys", "map", "--limit", "0");
    assertUsage("'KEY'", "del", "map");
    assertUsage("'MAP'", "scan");
    assertUsage("--interval: wanted is at least 100ms", "top", "--interval", "1ms");
    assertUsage("--json: wanted is --once with it", "top", "--json");
    assertUsage("'--watch'", "status", "--watch", "5");
    assertUsage("--watch, --json", "status", "--watch", "--json");
    assertUsage("expected one of", "completion", "fish");
    assertUsage("--name: wanted are letters", "completion", "bash", "--name", "a b");
  }

  @Test
  void namesTheDirectoryThatHasNoBackup() {
    assertThat(run("restore", "/nowhere", "--check")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualTo("error: Nothing was restored. There is no such directory: /nowhere\n");
  }

  @Test
  void completesInBothShells() {
    assertThat(run("completion", "bash")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("shardgrid", "backup", "--resume", "migrate");
    out.getBuffer().setLength(0);
    assertThat(run("completion", "zsh", "--name", "sg")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("autoload -U +X compinit").contains("_complete_sg");
  }

  @Test
  void saysInOneLineWhatIsWrongWithASetting() {
    assertUsage("key=grid.node.resp.port, wanted=0 to 65535", "start", "--port", "65536");
    assertUsage("key=grid.seeds, wanted=host:port", "start", "--seeds", "somewhere");
    assertUsage("key=grid.shards, wanted=1 to 4096, found=0", "start", "--shards", "0");
    assertUsage("memory-max", "start", "--memory-max", "much");
    assertUsage("/nowhere.conf", "start", "--config", "/nowhere.conf");
    assertUsage("--days: wanted is 1 to 3650, found is 0", "token", "t", "--days", "0");
    assertUsage(
        "--password-file: cannot be read: /nowhere", "status", "--password-file", "/nowhere");
  }

  @Test
  void saysWhereItLookedWhenNoNodeAnswers() {
    assertThat(run("status", "--node", "127.0.0.1:1")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .startsWith("error: No node answers at http://127.0.0.1:1; start one")
        .hasLineCount(1);
  }

  private void assertUsage(String message, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("error: ").contains(message).hasLineCount(1);
  }

  private ExitCode run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int number = commandLine.execute(arguments);
    return java.util.Arrays.stream(ExitCode.values())
        .filter(code -> code.number() == number)
        .findFirst()
        .orElseThrow();
  }

  /** All commands, and those of some that have commands of their own. */
  private static List<CommandLine> commands() {
    var commands = Main.commandLine().getSubcommands();
    return Stream.concat(
            commands.values().stream(),
            Stream.of("migrate", "bench", "autoscale", "gateway", "digest", "mirror")
                .map(name -> Objects.requireNonNull(commands.get(name)))
                .flatMap(command -> command.getSubcommands().values().stream()))
        .toList();
  }

  private static String described(OptionSpec option) {
    return String.join(" ", option.description());
  }

  private static String described(PositionalParamSpec parameter) {
    return String.join(" ", parameter.description());
  }
}
