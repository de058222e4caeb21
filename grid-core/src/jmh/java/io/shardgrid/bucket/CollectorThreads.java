package io.shardgrid.bucket;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time that the garbage collector's threads of this JVM have used, read from Linux's
 * {@code /proc}. Stateless.
 */
final class CollectorThreads {

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final double MILLIS_PER_TICK = 10;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private CollectorThreads() {}

  /** What all of them have used since the start, to 10 ms each; NaN on other systems. */
  static double cpuMillis() throws IOException {
    if (!Files.isDirectory(TASKS)) {
      return Double.NaN;
    }
    double millis = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        millis += cpuMillis(Files.readString(task.resolve("stat")));
      }
    }
    return millis;
  }

  /** What the thread of this line has used, 0 if it is none of the collector's. */
  static double cpuMillis(String stat) {
    int nameEnd = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
    if (!name.startsWith("GC ") && !name.startsWith("G1 ")) {
      return 0;
    }
    String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks * MILLIS_PER_TICK;
  }
}
