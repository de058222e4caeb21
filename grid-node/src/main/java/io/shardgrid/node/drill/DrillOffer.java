package io.shardgrid.node.drill;

import java.util.List;

/**
 * Drills that somebody may start under one number: what happens in each, and what it proves.
 * Immutable.
 *
 * @param nodes the most nodes that run at once when one of them begins
 */
public record DrillOffer(int number, int nodes, List<Part> parts) {

  public DrillOffer {
    parts = List.copyOf(parts);
  }

  /** One drill. */
  public record Part(String title, String proves) {}

  /** All there are, by number. */
  public static List<DrillOffer> all() {
    return Catalog.all().stream()
        .map(Drill::number)
        .distinct()
        .map(number -> of(number, Catalog.numbered(number)))
        .toList();
  }

  private static DrillOffer of(int number, List<Drill> drills) {
    return new DrillOffer(
        number,
        drills.stream().mapToInt(drill -> drill.setup().nodes()).max().orElse(0),
        drills.stream().map(drill -> new Part(drill.title(), drill.proves())).toList());
  }
}
