package io.shardgrid.node.cli;

import io.shardgrid.client.net.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * By whom commands are known to the nodes that they ask: options of each command that asks one, and
 * variables of the environment. A secret is never an argument, as every process can list those.
 *
 * <p>Set by the parsing thread before a command runs, and read by any thread from then on.
 */
public final class Credentials {

  private static final String USER_VARIABLE = "SHARDGRID_USER";
  private static final String PASSWORD_VARIABLE = "SHARDGRID_PASSWORD";
  private static final String TOKEN_VARIABLE = "SHARDGRID_TOKEN";
  private static final String DEFAULT_USER = "default";
  private static final int SECRET_BYTES_MAX = 4_096;

  private static volatile Credentials current = new Credentials();

  private @Nullable String user;
  private @Nullable Path passwordFile;
  private @Nullable Path tokenFile;
  private @Nullable String asked;

  /** Forgets what an earlier command was told. */
  public static void forget() {
    current = new Credentials();
  }

  @Option(
      names = "--user",
      order = 80,
      paramLabel = "NAME",
      description =
          "Who to be at a node that asks; the password comes from --password-file,"
              + " $SHARDGRID_PASSWORD or the terminal. Default: $SHARDGRID_USER")
  void user(String name) {
    user = name;
    current = this;
  }

  @Option(
      names = "--password-file",
      order = 81,
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  void passwordFile(Path file) {
    passwordFile = file;
    current = this;
  }

  /** A file whose first line is a token. */
  void tokenFile(Path file) {
    tokenFile = file;
    current = this;
  }

  /** The header Authorization of requests; empty if nothing was given. */
  static Optional<String> header() {
    return current.ofHttp();
  }

  /** The user and password for connections; null if no user was given. */
  static @Nullable Login login() {
    return current.ofResp();
  }

  private Optional<String> ofHttp() {
    Path file = tokenFile;
    String token = file != null ? firstLine(file, "--token-file") : System.getenv(TOKEN_VARIABLE);
    if (token != null && user == null) {
      return Optional.of("Bearer " + token);
    }
    Login login = ofResp();
    if (login == null) {
      return Optional.empty();
    }
    byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private @Nullable Login ofResp() {
    String name = user != null ? user : System.getenv(USER_VARIABLE);
    Path file = passwordFile;
    String variable = System.getenv(PASSWORD_VARIABLE);
    if (file != null) {
      return new Login(named(name), firstLine(file, "--password-file"));
    } else if (variable != null && !variable.isEmpty()) {
      return new Login(named(name), variable);
    }
    return name == null ? null : new Login(name, asked(name));
  }

  private static String named(@Nullable String name) {
    return name == null ? DEFAULT_USER : name;
  }

  /** Asks once for all that the command does. */
  private synchronized String asked(String name) {
    String known = asked;
    if (known == null) {
      char[] typed =
          SecretInput.terminal()
              .map(terminal -> terminal.readPassword("Password of %s: ", name))
              .orElse(null);
      if (typed == null) {
        throw new CommandException(
            ExitCode.USAGE,
            "--user: there is no terminal to ask for a password: give it by --password-file or $"
                + PASSWORD_VARIABLE);
      }
      known = new String(typed);
      asked = known;
    }
    return known;
  }

  private static String firstLine(Path file, String option) {
    try {
      if (Files.size(file) > SECRET_BYTES_MAX) {
        throw new CommandException(
            ExitCode.USAGE, option + ": is too long for a secret: " + file + ", most=4096 bytes");
      }
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, option + ": cannot be read: " + file, e);
    }
  }
}
