package io.shardgrid.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * A table of PostgreSQL behind a map: a server of the machine's package, in a directory of its own.
 * It refuses to run as root, so it runs as the user of that package then.
 */
@DisabledIf("isMissing")
final class PostgresStoreIT extends JdbcStoreTest {

  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";
  private static final long SECONDS_MAX = 60;

  private static Path directory = Path.of("");
  private static int port;

  /** Where it has to be there it is not skipped. */
  static boolean isMissing() {
    return System.getenv("CI") == null && !Files.isDirectory(PROGRAMS);
  }

  @BeforeAll
  static void startServer() throws Exception {
    directory = Files.createTempDirectory("shardgrid-postgres-");
    port = Database.freePort();
    if (isRoot()) {
      run(List.of("chown", USER, directory.toString()));
    }
    Path data = directory.resolve("data");
    run(asUser("initdb", "-D", data.toString(), "-A", "trust", "-U", USER, "-N"));
    String options =
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off".formatted(port, directory);
    run(
        asUser(
            "pg_ctl",
            "-D",
            data.toString(),
            "-w",
            "-o",
            options,
            "-l",
            directory.resolve("log").toString(),
            "start"));
  }

  @AfterAll
  static void stopServer() throws Exception {
    run(asUser("pg_ctl", "-D", directory.resolve("data").toString(), "-m", "immediate", "stop"));
    run(List.of("rm", "-rf", directory.toString()));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> asUser(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    try (var versions = Files.list(PROGRAMS)) {
      command.add(
          versions
              .sorted()
              .reduce((one, later) -> later)
              .orElseThrow()
              .resolve("bin")
              .resolve(program)
              .toString());
    }
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private static void run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean isDone = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(isDone && process.exitValue() == 0).as("%s", command).isTrue();
  }

  @Override
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @Override
  String user() {
    return USER;
  }

  @Override
  String bytesType() {
    return "BYTEA";
  }
}
