package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.town.City;
import java.util.List;
import java.util.stream.IntStream;

/** Towns that are not on the map. */
final class Towns {

  private Towns() {}

  /** So many, with ids from 0 and a hundred inhabitants for each place in the list. */
  static List<City> of(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            index ->
                new City(Integer.toString(index), "T" + index, "IS", "01", 100L * index, 1, 2, "P"))
        .toList();
  }
}
