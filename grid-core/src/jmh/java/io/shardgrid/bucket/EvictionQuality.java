package io.shardgrid.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import io.shardgrid.key.EvictionPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how often the sampled eviction of a bucket map hits: beside exact LRU and LFU, and
 * beside Caffeine's W-TinyLFU, which admits entries as well as evicting them.
 */
final class EvictionQuality {

  private EvictionQuality() {}

  public static void main(String[] args) {
    System.out.println(ReportSection.render(measure(List.of(args))));
  }

  /** Runs everything; half a minute at the default size. */
  static List<ReportSection> measure(List<String> args) {
    Options options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of("keys", "200_000", "capacity", "20_000", "accesses", "6_000_000"));
    int keys = options.number("keys");
    int length = options.number("accesses");
    int capacity = options.number("capacity");
    Map<String, int[]> traces = new LinkedHashMap<>();
    traces.put("zipfian, theta 0.7", AccessTrace.zipfian(7, keys, 0.7, length));
    traces.put("zipfian, theta 0.9", AccessTrace.zipfian(7, keys, 0.9, length));
    traces.put("zipfian, theta 0.99", AccessTrace.zipfian(7, keys, 0.99, length));
    traces.put("0.9, popularity shifts 3 times", AccessTrace.shifting(7, keys, 0.9, length, 4));
    traces.put("0.9, a sixth are scans", AccessTrace.scanned(7, keys, 0.9, length, keys / 7));
    MarkdownTable table =
        new MarkdownTable(
            "trace", "exact LRU", "our LRU", "exact LFU", "our LFU", "Caffeine's W-TinyLFU");
    traces.forEach((name, trace) -> row(table, name, trace, capacity));
    return List.of(
        new ReportSection(
            "How often eviction hits",
            ReportSection.command(EvictionQuality.class, args),
            List.of(
                "Share of %s accesses that found their key; %s keys, room for %s. Exact LFU counts"
                        .formatted(
                            Amounts.count(length), Amounts.count(keys), Amounts.count(capacity))
                    + " the uses of an entry since it came, and never forgets them."),
            table));
  }

  private static void row(MarkdownTable table, String name, int[] trace, int capacity) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(percent(BoundedCache.exactLru(capacity).hitRate(trace)));
    cells.add(percent(BoundedCache.bucketMap(EvictionPolicy.LRU, capacity).hitRate(trace)));
    cells.add(percent(BoundedCache.exactLfu(capacity).hitRate(trace)));
    cells.add(percent(BoundedCache.bucketMap(EvictionPolicy.LFU, capacity).hitRate(trace)));
    cells.add(percent(caffeine(capacity).hitRate(trace)));
    table.row(cells.toArray(String[]::new));
  }

  /** Maintained by the thread that asks, as the others are. */
  private static BoundedCache caffeine(int capacity) {
    Cache<Integer, Boolean> cache =
        Caffeine.newBuilder()
            .maximumSize(capacity)
            .initialCapacity(capacity)
            .executor(Runnable::run)
            .build();
    return key -> {
      boolean isHit = cache.getIfPresent(key) != null;
      if (!isHit) {
        cache.put(key, true);
      }
      return isHit;
    };
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
