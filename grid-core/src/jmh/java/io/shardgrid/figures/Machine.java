package io.shardgrid.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The machine that figures come from. */
public final class Machine {

  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  private Machine() {}

  /** Processor, cores, operating system and JDK, a line each. */
  public static List<String> describe() {
    return List.of(
        "processor: " + processor(),
        "cores: " + Runtime.getRuntime().availableProcessors(),
        "system: " + property("os.name") + " " + property("os.version"),
        "jdk: " + property("java.vm.name") + " " + property("java.runtime.version"));
  }

  private static String processor() {
    if (!Files.isReadable(CPUS)) {
      return property("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPUS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException e) {
      return property("os.arch");
    }
  }

  private static String property(String key) {
    return System.getProperty(key, "unknown");
  }
}
