package io.shardgrid.node.admin;

import io.shardgrid.node.security.Need;
import java.util.Set;

/**
 * What each page needs: the only place that says so. What does not stand here, and whatever changes
 * something, is for administrators; settings may open pages that can be read to anybody.
 */
final class PageRights {

  /** What says nothing of entries but how many there are. */
  private static final Set<String> FOR_EVERY_USER =
      Set.of(
          "/",
          "/health/live",
          "/health/ready",
          "/cluster",
          "/links",
          "/metrics",
          "/migrations",
          "/migrations/plan",
          "/autoscale");

  private PageRights() {}

  /**
   * What a path needs.
   *
   * @param isAction whether it changes something
   * @param open pages that settings open to anybody
   */
  static Need of(String path, boolean isAction, Set<String> open) {
    if (isAction) {
      return Need.ADMIN;
    }
    return open.contains(path)
        ? Need.NOTHING
        : FOR_EVERY_USER.contains(path) ? Need.LOGIN : Need.ADMIN;
  }
}
