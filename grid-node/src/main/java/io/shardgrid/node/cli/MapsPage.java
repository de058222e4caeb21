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
    List<Line> maps) {

  private static final int PAGE = 1_000;

  MapsPage {
    maps = List.copyOf(maps);
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
        return new MapsPage(
            page.cluster(), page.shards(), page.shardsAnswering(), page.known(), null, all);
      }
      after = next;
    }
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
