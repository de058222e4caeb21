package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node with users, and the commands that make them and talk to it, as processes. */
@Timeout(180)
final class AccessIT {

  private static final String PASSWORD = "correct horse 42";

  private final Path directory;

  AccessIT(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Runs a command that reads this from standard input. */
  private static Program.End runWith(String input, String... arguments) throws Exception {
    try (Program program = Program.start(arguments)) {
      program.process().getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      program.process().getOutputStream().close();
      return program.awaitEnd(Program.START_MAX);
    }
  }

  private String file(String name, List<String> lines) throws IOException {
    return Files.write(directory.resolve(name), lines).toString();
  }

  private String users() throws Exception {
    String users = directory.resolve("users.conf").toString();
    for (String role : List.of("read", "write")) {
      Program.End passwd =
          runWith(PASSWORD + "\n", "passwd", role + "er", "--role", role, "--into", users);
      assertThat(passwd.code()).as(passwd.err().toString()).isZero();
      assertThat(passwd.out()).isEmpty();
    }
    Program.End token = Program.run("token", "operator", "--role", "admin", "--into", users);
    file("operator.token", token.out());
    return users;
  }

  @Test
  void refusesPasswordsThatAreTooWeak() throws Exception {
    Program.End weak = runWith("123456\n", "passwd");
    assertThat(weak.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(weak.err().toString()).contains("too weak", "at least 12 characters");
    assertThat(weak.out()).isEmpty();
  }

  @Test
  void doesNotServeOtherMachinesWithoutUsers() throws Exception {
    try (Program node = Program.startNode("--host", "127.0.0.1", "--bind", "0.0.0.0")) {
      Program.End end = node.awaitEnd(Duration.ofSeconds(60));
      assertThat(end.code()).isEqualTo(ExitCode.USAGE.number());
      assertThat(end.err().toString())
          .contains("grid.node.access.users", "--allow-unauthenticated");
    }
  }

  @Test
  void asksItsOwnCommandsWhoTheyAre() throws Exception {
    String config = file("node.conf", List.of("grid.node.access.file = \"" + users() + "\""));
    String password = file("password", List.of(PASSWORD));
    String token = directory.resolve("operator.token").toString();
    try (Program node = Program.startNode("--bind", "0.0.0.0", "--config", config)) {
      NodeAddresses at = node.awaitReady();
      String[] writer = {"--node", at.resp(), "--user", "writeer", "--password-file", password};
      String[] reader = {"--node", at.resp(), "--user", "reader", "--password-file", password};
      assertThat(run(writer, "put", "m", "k", "v").code()).isZero();
      assertThat(run(reader, "get", "m", "k").out()).containsExactly("v");

      Program.End refused = run(reader, "put", "m", "k", "w");
      assertThat(refused.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(refused.err().toString()).contains("user=reader", "needs=write");
      Program.End nobody = Program.run("get", "m", "k", "--node", at.resp());
      assertThat(nobody.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(nobody.err().toString()).contains("--user", "NOAUTH");

      assertThat(Program.run("status", "--node", at.http()).err().toString())
          .contains("--token-file");
      assertThat(Program.run("status", "--node", at.http(), "--token-file", token).code()).isZero();
      assertThat(Program.run("migrate", "pause", "--node", at.http(), "--token-file", token).code())
          .isZero();
      node.awaitLine(
          line ->
              line.startsWith("{\"at\":")
                  && line.contains("\"who\":\"operator\"")
                  && line.contains("POST /migrations/pause"));
    }
  }

  private static Program.End run(String[] options, String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(options));
    return Program.run(arguments.toArray(String[]::new));
  }
}
