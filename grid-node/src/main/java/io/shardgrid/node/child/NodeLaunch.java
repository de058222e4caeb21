package io.shardgrid.node.child;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How to start another process of this program: the same Java with the same switches, and the same
 * jar. Immutable.
 *
 * @param prefix the command up to the program's own arguments
 */
public record NodeLaunch(List<String> prefix) {

  private static final String MAIN = "io.shardgrid.node.Main";

  /** Silences what later JDKs print about libraries that still use {@code sun.misc.Unsafe}. */
  private static final String ALLOW_UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  private static final Pattern PASSED_ON =
      Pattern.compile("-XX:(?:[+-][A-Za-z0-9]+|[A-Za-z0-9]+=[0-9.]+[kKmMgGtT]?)");

  private static final int FIRST_JDK_THAT_WARNS = 24;
  private static final int PROBE_SECONDS_MAX = 20;

  public NodeLaunch {
    prefix = List.copyOf(prefix);
  }

  /**
   * Finds out how this process was started.
   *
   * @param heap most memory for the other's objects, as Java's {@code -Xmx} takes it
   */
  public static NodeLaunch ofThisProgram(String heap) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> prefix = new ArrayList<>(List.of(java));
    prefix.addAll(passedOn(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    prefix.add("-Xmx" + heap); // last, since the last one counts
    if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS && understands(java, ALLOW_UNSAFE)) {
      prefix.add(ALLOW_UNSAFE);
    }
    Optional<Path> jar = jar();
    if (jar.isPresent()) {
      prefix.addAll(List.of("-jar", jar.get().toString()));
    } else {
      prefix.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    }
    return new NodeLaunch(prefix);
  }

  /**
   * The options of Java that another process gets as well: switches and numbers. Not those that
   * name a file or a command, as of a recording: two processes would write the same one.
   */
  static List<String> passedOn(List<String> options) {
    return options.stream().filter(option -> PASSED_ON.matcher(option).matches()).toList();
  }

  /** The same with further options of Java. */
  public NodeLaunch with(List<String> javaOptions) {
    List<String> longer = new ArrayList<>(prefix);
    longer.addAll(1, javaOptions);
    return new NodeLaunch(longer);
  }

  /** Path of this program's jar for commands to paste, short where it can be. */
  public static String programPath() {
    Path jar = jar().orElse(Path.of("grid-node.jar"));
    Path here = Path.of("").toAbsolutePath();
    return (jar.startsWith(here) ? here.relativize(jar) : jar).toString();
  }

  /** What another process needs to find the classes of this program, and of what it brings. */
  public static String classPath() {
    return jar().map(Path::toString).orElseGet(() -> System.getProperty("java.class.path"));
  }

  /** The command with these arguments. */
  public List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(arguments);
    return command;
  }

  private static Optional<Path> jar() {
    try {
      var source = NodeLaunch.class.getProtectionDomain().getCodeSource();
      Path path = source == null ? null : Path.of(source.getLocation().toURI());
      return path != null && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of the program has no path", e);
    }
  }

  private static boolean understands(String java, String flag) {
    try {
      Process probe =
          new ProcessBuilder(java, flag, "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean isDone = probe.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS);
      probe.destroyForcibly();
      return isDone && probe.exitValue() == 0;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "Java cannot be started: " + java + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }
}
