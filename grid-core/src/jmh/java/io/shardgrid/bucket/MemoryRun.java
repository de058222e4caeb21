package io.shardgrid.bucket;

import io.shardgrid.figures.Options;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.openjdk.jol.info.GraphStats;

/**
 * Fills one map in this JVM and prints what it takes of the heap: the child of {@link
 * MemoryPerEntry}.
 */
final class MemoryRun {

  // G1 leaves garbage in regions that are nearly full, but not in every fourth full collection.
  private static final int COLLECTIONS = 5;
  private static final String OPERATION = "gcClassHistogram";

  private MemoryRun() {}

  public static void main(String[] args) throws JMException {
    Options options =
        Options.parse(
            args,
            Map.of(
                "contender", Contender.BUCKET_MAP.name(),
                "entries", "1000000",
                "key-bytes", "16",
                "value-bytes", "100",
                "jol", "false"));
    int entries = options.number("entries");
    Contender contender = Contender.valueOf(options.text("contender"));
    // Loads the classes, so that theirs are not taken for the map's objects.
    objects();
    Subjects.fill(
        Subjects.of(contender), 1, options.number("key-bytes"), options.number("value-bytes"));
    long objectsBefore = objects();
    long bytesBefore = usedBytes();
    Subject subject = Subjects.of(contender);
    Subjects.fill(subject, entries, options.number("key-bytes"), options.number("value-bytes"));
    Figures figures = new Figures();
    figures.put("heap.bytes", usedBytes() - bytesBefore);
    figures.put("objects", objects() - objectsBefore);
    if (options.isOn("jol")) {
      GraphStats stats = GraphStats.parseInstance(subject.root());
      figures.put("jol.bytes", stats.totalSize());
      figures.put("jol.objects", stats.totalCount());
    }
    figures.put("entries", subject.entries());
    figures.print(System.out);
  }

  /** The least that the heap holds after any of some full collections. */
  private static long usedBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      used = Math.min(used, now);
    }
    return used;
  }

  /** How many objects are alive. */
  private static long objects() throws JMException {
    Object answer =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                OPERATION,
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    List<String> lines = String.valueOf(answer).lines().toList();
    Optional<String> total = lines.stream().filter(line -> line.startsWith("Total")).findFirst();
    return Long.parseLong(total.orElseThrow().trim().split("\\s+", -1)[1]);
  }
}
