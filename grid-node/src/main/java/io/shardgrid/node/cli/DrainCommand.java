package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a member hand its shards over and end. */
@Command(
    name = "drain",
    description = {
      "Has a member hand all its shards over to the others, while they are used, and then leave and"
          + " end, with code 0. Waits for that, and shows how far it is.",
      "If not all is handed over within the member's grid.drain-timeout (or --within), or nobody is"
          + " there to take it, the member goes on serving, and gets shards again some seconds later;"
          + " this ends with code 6."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  java -jar grid-node.jar drain", "  java -jar grid-node.jar drain b --within 1h"})
public final class DrainCommand implements CliCommand {

  private static final int WITHIN_MAX = 86_400;
  private static final Duration LOOK = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Mixin private HttpOption node;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NODE",
      description = "Name of a member. Default: the one at --node.")
  private @Nullable String name;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long it may take, 1s to 24h; for much data. Default: the member's grid.drain-timeout")
  private @Nullable Duration within;

  /** The node's answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Drained(boolean done, String outcome, int shards, long entries, long bytes) {}

  @Override
  public Set<ExitCode> exitCodes() {
    return Set.of(
        ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.NOT_DRAINED, ExitCode.INTERNAL);
  }

  @Override
  public Integer call() {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    String page = "/drain";
    Duration most = within;
    if (most != null) {
      OptionBounds.require(spec, "--within", (int) most.toSeconds(), 1, WITHIN_MAX);
      page += "?within=" + most.toSeconds();
    }
    String address = ClusterPage.httpAddress(name, node.address);
    Drained drained = AdminPage.parse(await(address, page, screen), Drained.class);
    if (drained.done()) {
      screen.line("All is handed over, the node leaves.");
      return ExitCode.OK.number();
    }
    screen.line(
        "Not drained, the node goes on serving: %s; left are %d shards, %s entries, %s"
            .formatted(
                drained.outcome(),
                drained.shards(),
                Screen.grouped(drained.entries()),
                Screen.bytes(drained.bytes())));
    return ExitCode.NOT_DRAINED.number();
  }

  /** The node answers when it has come to an end with it, which it bounds itself. */
  private static String await(String address, String page, Screen screen) {
    CompletableFuture<String> answer = AdminPage.postLater(address, page);
    String told = "";
    while (true) {
      try {
        return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        String left = left(address);
        if (!left.isEmpty() && !left.equals(told)) {
          told = left;
          screen.line(left);
        }
      } catch (ExecutionException | CompletionException e) {
        throw AdminPage.explained(address, Verdict.unwrapped(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
      }
    }
  }

  /** What the node still has, for people; nothing if it does not say so now. */
  private static String left(String address) {
    try {
      ClusterPage page = ClusterPage.fetch(address);
      return page.members().stream()
          .filter(member -> member.name().equals(page.node()))
          .map(
              member ->
                  "%s still has %d shards and %d backups"
                      .formatted(member.name(), member.shards(), member.backups()))
          .findFirst()
          .orElse("");
    } catch (CommandException e) {
      // It may be about to end; what became of it is in the answer that is waited for.
      return "";
    }
  }
}
