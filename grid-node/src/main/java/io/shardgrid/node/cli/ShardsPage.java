package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node's {@code /shards} page says. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ShardsPage(String cluster, int shards, @Nullable Integer next, List<Line> list) {

  private static final int PAGE = 1_000;

  ShardsPage {
    list = List.copyOf(list);
  }

  /** One shard; what its primary says is null if that does not answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Line(
      int shard,
      @Nullable String primary,
      List<String> backups,
      boolean lost,
      @Nullable String epoch,
      @Nullable Long sequence,
      @Nullable Integer maps,
      @Nullable Long entries,
      @Nullable Long bytes,
      @Nullable Long reservedBytes) {

    Line {
      backups = List.copyOf(backups);
    }

    boolean hasAnswer() {
      return sequence != null;
    }

    boolean isOn(String node) {
      return node.equals(primary) || backups.contains(node);
    }
  }

  /** All shards of a cluster, page by page. */
  static ShardsPage fetch(String node) {
    List<Line> all = new ArrayList<>();
    int from = 0;
    while (true) {
      ShardsPage page =
          AdminPage.parse(
              AdminPage.get(node, "/shards?count=" + PAGE + "&from=" + from), ShardsPage.class);
      all.addAll(page.list());
      Integer next = page.next();
      if (next == null) {
        return new ShardsPage(page.cluster(), page.shards(), null, all);
      }
      from = next;
    }
  }

  /** Those of some node only, as primary or backup. */
  ShardsPage on(String node) {
    return new ShardsPage(
        cluster, shards, next, list.stream().filter(one -> one.isOn(node)).toList());
  }

  /** A table for people. */
  List<String> table() {
    TextTable table =
        new TextTable(
            3, "SHARD", "PRIMARY", "BACKUPS", "EPOCH", "SEQUENCE", "MAPS", "ENTRIES", "LIVE");
    for (Line one : list) {
      String primary = one.primary();
      table.row(
          one.shard(),
          one.lost() ? "LOST" : primary == null ? "none yet" : primary,
          one.backups().isEmpty() ? "-" : String.join(" ", one.backups()),
          text(one.epoch()),
          text(one.sequence()),
          text(one.maps()),
          text(one.entries()),
          one.bytes() == null ? "-" : Screen.bytes(one.bytes()));
    }
    return table.lines();
  }

  private static String text(@Nullable Object cell) {
    return cell == null ? "-" : cell.toString();
  }
}
