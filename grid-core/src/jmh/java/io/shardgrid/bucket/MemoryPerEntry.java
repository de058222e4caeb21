package io.shardgrid.bucket;

import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what an entry takes of the heap: BucketMap beside the JDK's maps, each run in a JVM of
 * its own.
 */
final class MemoryPerEntry {

  private static final List<Contender> CONTENDERS =
      List.of(Contender.BUCKET_MAP, Contender.STRING_CONCURRENT_HASH_MAP, Contender.HASH_MAP);

  private final Options options;
  private final List<String> args;
  private final ChildJvm jvm;

  private MemoryPerEntry(List<String> args) {
    this.args = List.copyOf(args);
    this.options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of(
                "entries", "1_000_000,10_000_000",
                "key-bytes", "16,8",
                "value-bytes", "100,8",
                "jol-entries-max", "1_000_000",
                "jvm", "-Xms6g,-Xmx6g"));
    List<String> flags = new ArrayList<>(options.list("jvm"));
    // What jol wants; the flags change nothing that is measured.
    flags.addAll(
        List.of(
            "-Djdk.attach.allowAttachSelf=true",
            "-Djol.skipHotspotSAAttach=true",
            "-XX:+EnableDynamicAgentLoading"));
    this.jvm = new ChildJvm(flags);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(ReportSection.render(measure(List.of(args))));
  }

  /** Runs everything; minutes at the default sizes. */
  static List<ReportSection> measure(List<String> args) throws IOException, InterruptedException {
    return List.of(new MemoryPerEntry(args).section());
  }

  private ReportSection section() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "map",
            "key + value",
            "entries",
            "heap bytes an entry",
            "jol: bytes an entry",
            "beyond key + value",
            "objects",
            "objects an entry",
            "jol: objects");
    List<Integer> keyBytes = options.numbers("key-bytes");
    List<Integer> valueBytes = options.numbers("value-bytes");
    for (int size = 0; size < keyBytes.size(); size++) {
      for (int entries : options.numbers("entries")) {
        for (Contender contender : CONTENDERS) {
          row(table, contender, entries, keyBytes.get(size), valueBytes.get(size));
        }
      }
    }
    return new ReportSection(
        "Memory an entry",
        ReportSection.command(MemoryPerEntry.class, args),
        List.of(
            "Heap bytes are what the heap holds after collections with the map, less what it held"
                + " without; objects are counted by the JVM's own class histogram in the same way."
                + " jol walks the map's objects, up to %s entries. `%s`"
                    .formatted(
                        Amounts.count(options.number("jol-entries-max")),
                        String.join(" ", options.list("jvm")))),
        table);
  }

  private void row(
      MarkdownTable table, Contender contender, int entries, int keyBytes, int valueBytes)
      throws IOException, InterruptedException {
    Figures figures =
        jvm.run(
            MemoryRun.class,
            List.of(
                "--contender=" + contender,
                "--entries=" + entries,
                "--key-bytes=" + keyBytes,
                "--value-bytes=" + valueBytes,
                "--jol=" + (entries <= options.number("jol-entries-max"))));
    boolean walked = figures.has("jol.bytes");
    double heapBytes = figures.of("heap.bytes") / entries;
    table.row(
        contender.label(),
        keyBytes + " + " + valueBytes,
        Amounts.count(entries),
        Amounts.number(heapBytes),
        walked ? Amounts.number(figures.of("jol.bytes") / entries) : "-",
        Amounts.number(heapBytes - keyBytes - valueBytes),
        Amounts.count(figures.of("objects")),
        Amounts.number(figures.of("objects") / entries),
        walked ? Amounts.count(figures.of("jol.objects")) : "-");
  }
}
