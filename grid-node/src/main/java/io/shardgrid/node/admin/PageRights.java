package io.shardgrid.node.admin;

import io.shardgrid.node.security.Need;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each page needs: the only place that says so. What does not stand here is for
 * administrators; settings may open pages that say nothing of entries to anybody.
 */
final class PageRights {

  /** What says nothing of entries but how many there are. */
  private static final Set<String> FOR_EVERY_USER =
      Set.of(
          "/",
          "/health",
          "/health/report",
          "/health/live",
          "/health/ready",
          "/cluster",
          "/maps",
          "/shards",
          "/links",
          "/metrics",
          "/migrations",
          "/migrations/plan",
          "/rules",
          "/stores",
          "/autoscale",
          "/verdict",
          "/verdict.html",
          "/verdict.css");

  /** Entries of the map that the request names, hot keys and mismatches of all maps. */
  private static final Map<String, Need> OF_ENTRIES =
      Map.of(
          "/entries", Need.READ,
          "/entries/scan", Need.READ,
          "/entries/put", Need.WRITE,
          "/entries/remove", Need.WRITE,
          "/rules/call", Need.WRITE,
          "/events", Need.READ_EVERY_MAP,
          "/report", Need.READ_EVERY_MAP,
          "/report.txt", Need.READ_EVERY_MAP);

  private PageRights() {}

  /**
   * What a path needs.
   *
   * @param isPart whether it is a file of the console, which says nothing of this node
   * @param open pages that settings open to anybody
   */
  static Need of(String path, boolean isPart, Set<String> open) {
    if (isPart || FOR_EVERY_USER.contains(path)) {
      return open.contains(path) ? Need.NOTHING : Need.LOGIN;
    }
    return OF_ENTRIES.getOrDefault(path, Need.ADMIN);
  }

  /** Those of these pages that say nothing of entries. */
  static Set<String> openable(Set<String> pages) {
    return pages.stream().filter(FOR_EVERY_USER::contains).collect(Collectors.toUnmodifiableSet());
  }
}
