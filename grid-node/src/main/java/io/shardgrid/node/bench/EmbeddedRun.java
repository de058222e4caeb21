package io.shardgrid.node.bench;

import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code bench embedded} in a process of its own, so that no JVM has seen another load before.
 * That ends with this process, however this ends, because it then finds its standard input closed.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class EmbeddedRun {

  private final NodeLaunch launch;

  EmbeddedRun(NodeLaunch launch) {
    this.launch = launch;
  }

  /** The rows that it wrote. */
  List<Map<String, String>> rows(List<String> arguments) {
    try {
      Path csv = Files.createTempFile("shardgrid-bench-", ".csv");
      try {
        List<String> all = new ArrayList<>(List.of("bench", "embedded", "--stop-with-stdin"));
        all.addAll(arguments);
        all.addAll(List.of("--csv", csv.toString()));
        run(launch.command(all), csv);
        return CsvFile.read(csv);
      } finally {
        Files.deleteIfExists(csv);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "A benchmark's process cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  private static void run(List<String> command, Path csv) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread hook = new Thread(() -> stop(process, csv), "bench-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String last = "it wrote nothing";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      demandOk(process.waitFor(), last.strip());
    } finally {
      process.destroyForcibly();
      forget(hook);
    }
  }

  private static void demandOk(int code, String last) {
    if (code == ExitCode.INTERRUPTED.number()) {
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted");
    }
    if (code != ExitCode.OK.number()) {
      throw new CommandException(
          ExitCode.FAILED, "A benchmark ended with code " + code + ": " + last);
    }
  }

  private static void forget(Thread hook) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook, which ends it, has the word.
      hook.join();
    }
  }

  /** Leaves neither the process nor the file behind when this process is asked to end. */
  private static void stop(Process process, Path csv) {
    try {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(csv);
    } catch (IOException e) {
      LoggerFactory.getLogger(EmbeddedRun.class).warn("A file is left: {}", csv, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
  }
}
