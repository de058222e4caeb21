package io.shardgrid.scale;

import io.shardgrid.actor.MessageScale;
import io.shardgrid.autoscale.DecisionScale;
import io.shardgrid.figures.Machine;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.MarkedSection;
import io.shardgrid.figures.Options;
import io.shardgrid.member.GossipScale;
import io.shardgrid.member.WatchScale;
import io.shardgrid.placement.AuthorityScale;
import io.shardgrid.placement.PlanScale;
import io.shardgrid.ring.RingScale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Runs the machines that grow with a cluster at the size of a large one, in one thread, and puts
 * what they took into {@code docs/scaling.md}, each part at its place; with {@code --print} it only
 * shows it.
 */
final class ScaleReport {

  private static final List<String> ALL =
      List.of(
          "plan", "authority", "ring", "messages", "gossip", "convergence", "watch", "autoscale");
  private static final Path PAGE = Path.of("docs", "scaling.md");
  private static final int CLOCK_ENTRIES = 10;

  private final int nodes;
  private final int shards;
  private final int rounds;
  private final int seeds;

  private ScaleReport(Options options) {
    this.nodes = options.number("nodes");
    this.shards = options.number("shards");
    this.rounds = options.number("rounds");
    this.seeds = options.number("seeds");
  }

  public static void main(String[] args) throws IOException {
    Options options =
        Options.parse(
            args,
            Map.of(
                "only", String.join(",", ALL),
                "nodes", "1_000",
                "shards", "16_384",
                "rounds", "5",
                "seeds", "10",
                "print", "false"));
    List<String> parts = options.list("only");
    if (!ALL.containsAll(parts)) {
      throw new IllegalArgumentException(
          "no such part: only=%s, known=%s".formatted(options.text("only"), ALL));
    }
    System.out.println(
        "*%s; %s*\n"
            .formatted(LocalDate.now(ZoneOffset.UTC), String.join("; ", Machine.describe())));
    ScaleReport report = new ScaleReport(options);
    for (String part : parts) {
      String text = report.measure(part).render();
      System.out.println(part + "\n\n" + text);
      if (!options.isOn("print")) {
        new MarkedSection(part).replace(PAGE, text);
      }
    }
  }

  private MarkdownTable measure(String part) {
    return switch (part) {
      case "plan" -> PlanScale.measure(nodes, shards, rounds);
      case "ring" -> RingScale.measure(nodes, shards, seeds);
      case "watch" -> WatchScale.measure(nodes, rounds);
      case "autoscale" -> DecisionScale.measure(nodes, rounds);
      default -> withMessages(part);
    };
  }

  private MarkdownTable withMessages(String part) {
    try (MessageScale messages = new MessageScale()) {
      return switch (part) {
        case "authority" -> AuthorityScale.measure(nodes, shards, messages::size);
        case "messages" -> messages.measure(nodes, shards, rounds);
        case "gossip" -> messages.gossip(nodes, rounds);
        default ->
            GossipScale.measure(
                nodes,
                seeds,
                messages.gossipBytes(nodes),
                messages.digestBytes(nodes, CLOCK_ENTRIES));
      };
    }
  }
}
