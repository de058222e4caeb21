package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares backups with their primaries. */
@Command(
    name = "verify",
    description = {
      "Has every backup compare its entries with its primary's, by their digests after the same"
          + " write, while both are used.",
      "Ends with code 1 if one differs or does not answer, or if a shard has no primary."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar migrate verify",
      "  java -jar grid-node.jar migrate verify 17 18"
    })
final class MigrateVerifyCommand implements CliCommand {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String MATCHED = "matched";

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(
      paramLabel = "SHARD",
      arity = "0..*",
      description = "Numbers of shards. Default: all.")
  private final List<Integer> shards = new ArrayList<>();

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  /** The node's answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Verification(boolean matched, List<Shard> shards) {}

  /** One shard. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Shard(int shard, @Nullable String primary, long sequence, List<Backup> backups) {}

  /** One backup. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Backup(String node, String verdict, long sequence) {}

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String query =
        shards.isEmpty()
            ? ""
            : "?shard=" + shards.stream().map(String::valueOf).collect(Collectors.joining(","));
    String text = AdminPage.post(node.address, "/migrations/verify" + query, TIMEOUT);
    Verification found = AdminPage.parse(text, Verification.class);
    if (isJson) {
      screen.line(text.strip());
    } else {
      problems(found).forEach(problem -> screen.check(false, problem));
      screen.check(found.matched(), summary(found));
    }
    return (found.matched() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  /** What does not match, a line each. */
  static List<String> problems(Verification found) {
    List<String> problems = new ArrayList<>();
    for (Shard shard : found.shards()) {
      if (shard.primary() == null) {
        problems.add("shard %d: no primary answers".formatted(shard.shard()));
      }
      for (Backup backup : shard.backups()) {
        if (!backup.verdict().equals(MATCHED)) {
          problems.add(
              "shard %d: the backup on %s: %s"
                  .formatted(shard.shard(), backup.node(), backup.verdict()));
        }
      }
    }
    return problems;
  }

  /** How many match. */
  static String summary(Verification found) {
    List<Backup> backups =
        found.shards().stream().flatMap(shard -> shard.backups().stream()).toList();
    long matched = backups.stream().filter(one -> one.verdict().equals(MATCHED)).count();
    return "%d of %d backups of %d shards match their primaries"
        .formatted(matched, backups.size(), found.shards().size());
  }
}
