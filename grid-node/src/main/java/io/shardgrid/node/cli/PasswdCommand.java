package io.shardgrid.node.cli;

import io.shardgrid.node.security.PasswordHash;
import io.shardgrid.node.security.PasswordRule;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the hash of a password. */
@Command(
    name = "passwd",
    description = {
      "Makes the hash of a password, for grid.node.access.users or the file of users. Asks for the"
          + " password on the terminal, twice and without showing it; without a terminal it is the"
          + " first line of standard input.",
      "Wanted are: " + PasswordRule.TEXT + "."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar passwd alice",
      "  java -jar grid-node.jar passwd alice --role write --into users.conf"
    })
public final class PasswdCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "USER",
      description = "Whose it is: then the whole entry is printed. Default: only the hash.")
  private @Nullable String user;

  @Mixin private EntryOption entry = new EntryOption();

  @Option(
      names = "--algorithm",
      paramLabel = "argon2id|bcrypt",
      defaultValue = "argon2id",
      description = "How it is made. Default: argon2id")
  private PasswordHash.Algorithm algorithm = PasswordHash.Algorithm.ARGON2ID;

  @Override
  public Integer call() {
    String name = user == null ? "" : user;
    String password = read();
    Optional<String> weakness = PasswordRule.weakness(password, name, algorithm);
    if (weakness.isPresent()) {
      throw new CommandException(
          ExitCode.FAILED,
          "The password is too weak: " + weakness.get() + "; wanted are " + PasswordRule.TEXT);
    }
    String hash = PasswordHash.make(algorithm, password);
    String line =
        name.isEmpty()
            ? hash
            : "users.\"%s\" { password = \"%s\", roles = [\"%s\"] }"
                .formatted(name, hash, entry.role);
    if (!entry.append(line)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
    return ExitCode.OK.number();
  }

  private static String read() {
    Optional<Console> terminal = SecretInput.terminal();
    if (terminal.isEmpty()) {
      return SecretInput.firstLine();
    }
    char[] typed = terminal.get().readPassword("Password: ");
    char[] again = typed == null ? null : terminal.get().readPassword("Again: ");
    if (typed == null || again == null) {
      throw new CommandException(ExitCode.INTERRUPTED, "No password was given");
    }
    if (!Arrays.equals(typed, again)) {
      throw new CommandException(ExitCode.FAILED, "The two passwords differ");
    }
    return new String(typed);
  }
}
