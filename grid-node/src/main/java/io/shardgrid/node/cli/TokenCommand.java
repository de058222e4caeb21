package io.shardgrid.node.cli;

import io.shardgrid.node.security.Token;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token. */
@Command(
    name = "token",
    description = {
      "Makes a random token by which a program is known over HTTP. The token goes to standard"
          + " output; the entry for grid.node.access.tokens or the file of users, which has only its"
          + " digest, to that file, or to standard error."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar token prometheus --days 365 --into users.conf > scrape.token",
      "  java -jar grid-node.jar token drain --role admin --into users.conf > drain.token"
    })
public final class TokenCommand implements CliCommand {

  private static final int DAYS_MAX = 3_650;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "What the audit log calls it.")
  private String name;

  @Mixin private EntryOption entry = new EntryOption();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Days after which it is worth nothing, 1 to 3650. Default: never")
  private @Nullable Integer days;

  @Override
  public Integer call() {
    String expires = "";
    Integer lives = days;
    if (lives != null) {
      OptionBounds.require(spec, "--days", lives, 1, DAYS_MAX);
      Instant end = Instant.now().plus(Duration.ofDays(lives)).truncatedTo(ChronoUnit.SECONDS);
      expires = ", expires = \"" + end + "\"";
    }
    String word = Token.random();
    String line =
        "tokens.\"%s\" { sha256 = \"%s\", roles = [\"%s\"]%s }"
            .formatted(name, Token.digestOf(word), entry.role, expires);
    if (!entry.append(line)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(line);
      err.flush();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(word);
    out.flush();
    return ExitCode.OK.number();
  }
}
