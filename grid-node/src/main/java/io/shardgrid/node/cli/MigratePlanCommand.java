package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what would be moved. */
@Command(
    name = "plan",
    description = {
      "Shows what is still to be moved, without moving anything: a dry run.",
      "With --weight and --without it says what would be moved if members had these weights, or none."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar migrate plan",
      "  java -jar grid-node.jar migrate plan --weight a=3 --without b"
    })
final class MigratePlanCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(
      names = "--weight",
      paramLabel = "NODE=N",
      description = "Suppose that this member had this weight, 0 to 1000. May be repeated.")
  private final Map<String, Integer> weights = new LinkedHashMap<>();

  @Option(
      names = "--without",
      paramLabel = "NODE",
      description = "Suppose that this member had nothing. May be repeated.")
  private final List<String> without = new ArrayList<>();

  @Option(names = "--json", description = "Print the node's answer as it is, in JSON.")
  private boolean isJson;

  /** The node's answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Plan(int copies, long bytes, List<Move> moves) {}

  /** One move. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Move(
      int shard, String kind, @Nullable String source, String target, boolean copied, long bytes) {}

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String text = AdminPage.get(node.address, "/migrations/plan" + query());
    if (isJson) {
      screen.line(text.strip());
    } else {
      lines(AdminPage.parse(text, Plan.class)).forEach(screen::line);
    }
    return ExitCode.OK.number();
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    weights.forEach((name, weight) -> parts.add("weight=" + encoded(name + "=" + weight)));
    without.forEach(name -> parts.add("without=" + encoded(name)));
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** For people. */
  static List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>();
    if (plan.moves().isEmpty()) {
      lines.add("Nothing is to be moved.");
      return lines;
    }
    lines.add(row("SHARD", "KIND", "SOURCE", "TARGET", "BYTES"));
    for (Move move : plan.moves()) {
      lines.add(
          row(
              move.shard(),
              move.kind(),
              move.source() == null ? "-" : move.source(),
              move.target(),
              move.copied() ? Screen.bytes(move.bytes()) : "no copy"));
    }
    lines.add(
        "%d moves, %d of them copy %s"
            .formatted(plan.moves().size(), plan.copies(), Screen.bytes(plan.bytes())));
    return lines;
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%5s  %-7s  %-10s  %-10s  %10s", cells);
  }
}
