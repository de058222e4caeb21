package io.shardgrid.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.town.City;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CensusTest {

  @Test
  void keepsTheLargestTownsOfItsCountry() {
    Census census = census(IntStream.range(0, 100).mapToObj(i -> city(i, "IS", i % 50)).toList());
    census.add(city(1000, "NO", 1_000_000));

    assertThat(census.largest()).extracting(City::population).containsExactly(49L, 49L, 48L);
    assertThat(census.towns()).isEqualTo(Map.of("IS", 100L, "NO", 1L));
    assertThat(census.total()).isEqualTo(101);
  }

  @Test
  void doesNotDependOnTheOrder() {
    List<City> cities =
        IntStream.range(0, 100)
            .mapToObj(i -> city(i, "IS", i % 7))
            .collect(Collectors.toCollection(java.util.ArrayList::new));
    List<City> largest = census(cities).largest();
    Collections.reverse(cities);

    assertThat(census(cities).largest()).isEqualTo(largest);
  }

  private static Census census(List<City> cities) {
    Census census = new Census("IS", 3);
    cities.forEach(census::add);
    return census;
  }

  private static City city(int id, String country, long population) {
    return new City(String.valueOf(id), "town", country, "0", population, 0, 0, "PPL");
  }
}
