package io.shardgrid.node.demo;

import io.shardgrid.node.town.City;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Counts towns by country, and keeps the largest of one country. Two of them made from the same
 * towns are equal, in whatever order the towns came.
 *
 * <p>Not thread-safe.
 */
final class Census {

  private static final Comparator<City> BY_SIZE =
      Comparator.comparingLong(City::population).thenComparing(City::id);

  private final String country;
  private final int largestMax;
  private final Map<String, Long> towns = new TreeMap<>();
  private final PriorityQueue<City> largest = new PriorityQueue<>(BY_SIZE);
  private long total;

  /** Keeps the largest towns of {@code country}, at most so many. */
  Census(String country, int largestMax) {
    this.country = country;
    this.largestMax = largestMax;
  }

  void add(City city) {
    total++;
    towns.merge(city.country(), 1L, Long::sum);
    if (city.country().equals(country)) {
      largest.add(city);
      if (largest.size() > largestMax) {
        largest.remove();
      }
    }
  }

  /** How many towns there are. */
  long total() {
    return total;
  }

  /** How many towns each country has, by country. */
  Map<String, Long> towns() {
    return towns;
  }

  /** The largest towns of the country, the largest first. */
  List<City> largest() {
    List<City> sorted = new ArrayList<>(largest);
    sorted.sort(BY_SIZE.reversed());
    return sorted;
  }
}
