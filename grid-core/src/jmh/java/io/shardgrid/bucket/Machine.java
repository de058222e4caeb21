package io.shardgrid.bucket;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/** What figures were measured on, and when. Immutable. */
record Machine(
    String processor,
    int cores,
    long memoryBytes,
    String jdk,
    String kernel,
    double load,
    Instant time) {

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String MODEL_NAME = "model name";

  /** This machine, now. */
  static Machine here() throws IOException {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        system.getSystemLoadAverage(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The model's name on Linux, else no more than the architecture. */
  private static String processorModel() throws IOException {
    if (!Files.isReadable(CPUINFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith(MODEL_NAME))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  String render() {
    return new MarkdownTable("machine", "")
        .row("processor", "%s, %d cores".formatted(processor, cores))
        .row("memory", "%s GiB".formatted(Amounts.number((double) memoryBytes / (1L << 30))))
        .row("JDK", jdk)
        .row("kernel", kernel)
        .row("load before the first run", String.format(Locale.ROOT, "%.2f", load))
        .row("date", time.toString())
        .render();
  }
}
