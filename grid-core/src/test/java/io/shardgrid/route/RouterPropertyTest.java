package io.shardgrid.route;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for callers whatever happens between a router and the nodes. */
final class RouterPropertyTest {

  /**
   * Writes are carried out in the order of their calls and at most once; every operation ends once;
   * one that ends with an answer was carried out, one that says that nothing was done was not; and
   * when the trouble is over, everything ends.
   */
  @Property(tries = 1_000)
  void bringsEveryOperationToOneEndInOrder(@ForAll long seed) {
    new RoutingSchedule(seed).run();
  }
}
