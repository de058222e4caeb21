package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets shards begin anew whose last copy is gone. */
@Command(
    name = "accept-loss",
    description = {
      "Lets shards begin anew that are lost: those that answer ShardLostException since all nodes"
          + " with a copy are gone.",
      "Each begins with the newest copy that some member has kept of it from before, if there is"
          + " one, else empty. What was written since then is gone for good; so it takes --yes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar accept-loss            what is lost",
      "  java -jar grid-node.jar accept-loss --yes"
    })
public final class AcceptLossCommand implements CliCommand {

  private static final String PATH = "/shards/accept-loss";

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Option(names = "--yes", description = "Accept it.")
  private boolean isMeant;

  /** The node's answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Accepted(List<Shard> begun, List<Integer> refused) {}

  /** A shard that begins anew. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Shard(int shard, String node, boolean copy, String seat, long sequence) {}

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    List<Integer> lost = ClusterPage.fetch(node.address).lostShards();
    if (lost.isEmpty()) {
      screen.line("No shard is lost.");
      return ExitCode.OK.number();
    }
    if (!isMeant) {
      screen.line("Lost shards: " + lost);
      screen.line("With --yes they begin anew, without what was written since the last old copy.");
      return ExitCode.FAILED.number();
    }
    Accepted accepted = AdminPage.parse(AdminPage.post(node.address, PATH), Accepted.class);
    for (Shard one : accepted.begun()) {
      String from =
          one.copy()
              ? "from an old copy of seat %s, up to write %d".formatted(one.seat(), one.sequence())
              : "empty";
      screen.line("shard %d begins anew on %s, %s".formatted(one.shard(), one.node(), from));
    }
    if (!accepted.refused().isEmpty()) {
      screen.line("Not yet, ask again in a moment: " + accepted.refused());
    }
    return (accepted.refused().isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
