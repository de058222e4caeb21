package io.shardgrid.node.drill;

import java.util.ArrayList;
import java.util.List;

/** Which drills somebody asked for. Stateless. */
final class Selection {

  private static final String ALL = "all";

  private Selection() {}

  /** The drills of these words, in their order; empty if one of the words means none. */
  static List<Drill> of(List<String> words) {
    if (words.equals(List.of(ALL))) {
      return Catalog.all();
    }
    List<Drill> chosen = new ArrayList<>();
    for (String word : words) {
      List<Drill> drills =
          word.matches("[0-9]{1,3}") ? Catalog.numbered(Integer.parseInt(word)) : List.of();
      if (drills.isEmpty()) {
        return List.of();
      }
      chosen.addAll(drills);
    }
    return chosen;
  }
}
