package io.shardgrid.node.admin;

import io.shardgrid.node.access.GridAccess;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The pages about the stores behind maps. Without state. */
final class StorePages {

  private static final String MAP = "map";

  /** Whether there was such a store. */
  record Done(boolean done) {}

  private StorePages() {}

  /** What can be read, by path. */
  static Map<String, Recipe> reads() {
    return Map.of(
        "/stores",
        new Recipe(
            "the stores behind maps, as they are on this node",
            Set.of(),
            (grid, parameters) ->
                Recipe.replied(
                    CompletableFuture.completedStage(grid.stores().reports()),
                    reports -> reports)));
  }

  /** What changes something, by path. */
  static Map<String, Recipe> actions() {
    return Map.of(
        "/stores/filter",
        new Recipe(
            "POST: has this node's part of the existence filter of map=NAME be made anew",
            Set.of(MAP),
            StorePages::refilled));
  }

  private static CompletionStage<Reply> refilled(GridAccess grid, Parameters parameters) {
    String map = parameters.text(MAP, "");
    if (map.isEmpty()) {
      throw new Parameters.Wrong("A value is wanted: parameter=" + MAP);
    }
    return Recipe.replied(CompletableFuture.completedStage(grid.stores().refill(map)), Done::new);
  }
}
