package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class of this class path in a JVM of its own and collects the figures it prints.
 * Immutable.
 */
final class ChildJvm {

  /** A child that takes longer hangs: it is ended, and the measurement fails. */
  private static final long RUN_MINUTES_MAX = 15;

  private final List<String> flags;
  private final String classPath;

  ChildJvm(List<String> flags) {
    this(flags, System.getProperty("java.class.path"));
  }

  private ChildJvm(List<String> flags, String classPath) {
    this.flags = List.copyOf(flags);
    this.classPath = classPath;
  }

  /** The same, with classes from a directory in place of ours of the same name. */
  ChildJvm preferring(Path classes) {
    return new ChildJvm(flags, classes + File.pathSeparator + classPath);
  }

  /**
   * Runs {@code main} to its end and prints a line of progress; its errors go to this process's
   * standard error.
   *
   * @throws IOException if the child fails, or takes longer than 15 minutes
   */
  Figures run(Class<?> main, List<String> args) throws IOException, InterruptedException {
    Path output = Files.createTempFile("shardgrid-child-", ".out");
    long startNanos = System.nanoTime();
    try {
      Process child =
          new ProcessBuilder(command(main, args))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(output.toFile())
              .start();
      awaitSuccess(child, main, args);
      long tookNanos = System.nanoTime() - startNanos;
      System.out.printf(
          "%s %s: %s%n",
          main.getSimpleName(), String.join(" ", args), Amounts.nanos((double) tookNanos));
      return Figures.parse(Files.readAllLines(output));
    } finally {
      Files.delete(output);
    }
  }

  private static void awaitSuccess(Process child, Class<?> main, List<String> args)
      throws IOException, InterruptedException {
    try {
      if (!child.waitFor(RUN_MINUTES_MAX, TimeUnit.MINUTES)) {
        throw new IOException(
            "a child JVM takes too long: main=%s, args=%s, minutesMax=%d"
                .formatted(main.getName(), args, RUN_MINUTES_MAX));
      }
      if (child.exitValue() != 0) {
        throw new IOException(
            "a child JVM failed: main=%s, args=%s, exit=%d"
                .formatted(main.getName(), args, child.exitValue()));
      }
    } finally {
      child.destroyForcibly();
    }
  }

  private List<String> command(Class<?> main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-classpath");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(args);
    return command;
  }
}
