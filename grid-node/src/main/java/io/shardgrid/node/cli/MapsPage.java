package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node's {@code /maps} page says. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
record MapsPage(
    String cluster,
    int shards,
    int shardsAnswering,
    int known,
    @Nullable String next,
    List<Line> maps,
    int readsSeconds,
    List<String> readsWithout) {

  private static final int PAGE = 1_000;

  MapsPage {
    maps = List.copyOf(maps);
    readsWithout = List.copyOf(readsWithout);
  }

  /** One map. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Line(
      String name,
      long entries,
      long expiring,
      long bytes,
      long reservedBytes,
      String content,
      String eviction,
      @Nullable Long bytesMax,
      long reads,
      @Nullable Double hitRate) {}

  /** All maps of a cluster, page by page. */
  static MapsPage fetch(String node) {
    List<Line> all = new ArrayList<>();
    String after = "";
    while (true) {
      MapsPage page =
          AdminPage.parse(
              AdminPage.get(
                  node,
                  "/maps?count="
                      + PAGE
                      + "&after="
                      + URLEncoder.encode(after, StandardCharsets.UTF_8)),
              MapsPage.class);
      all.addAll(page.maps());
      String next = page.next();
      if (next == null) {
        return page.with(all);
      }
      after = next;
    }
  }

  private MapsPage with(List<Line> all) {
    return new MapsPage(
        cluster, shards, shardsAnswering, known, null, all, readsSeconds, readsWithout);
  }

  /** What the column of hits is of. */
  String readsLine() {
    if (readsSeconds == 0) {
      return "HITS: no member says what was read (grid.metrics.enabled).";
    }
    return "HITS: of what was read within the last %d s%s."
        .formatted(
            readsSeconds,
            readsWithout.isEmpty()
                ? ""
                : "; without " + String.join(", ", readsWithout) + ", which does not say");
  }

  /** A table for people. */
  List<String> table() {
    TextTable table =
        new TextTable(
            1, "MAP", "ENTRIES", "EXPIRING", "LIVE", "TAKEN", "LIMIT", "EVICTION", "HITS");
    for (Line map : maps) {
      Long limit = map.bytesMax();
      Double hits = map.hitRate();
      table.row(
          map.name(),
          Screen.grouped(map.entries()),
          Screen.grouped(map.expiring()),
          Screen.bytes(map.bytes()),
          Screen.bytes(map.reservedBytes()),
          limit == null ? "-" : Screen.bytes(limit),
          map.eviction(),
          hits == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * hits));
    }
    return table.lines();
  }
}
