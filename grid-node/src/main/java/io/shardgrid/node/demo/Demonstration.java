package io.shardgrid.node.demo;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.ProgressBar;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.town.City;
import io.shardgrid.node.town.CityFile;
import io.shardgrid.node.town.TownLoading;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the demonstration does with a running cluster: it loads towns, asks about them, and compares
 * every answer with the file.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Demonstration {

  private static final String MAP = "cities";
  private static final int IN_FLIGHT = 16;
  private static final int PAGE_ENTRIES = 1_024;
  private static final int LARGEST = 10;
  private static final int COUNTRIES_SHOWN = 5;
  private static final double SHARE_MAX = 1.15;

  /** Quito, Kyoto and Timbuktu. */
  private static final List<String> KNOWN_IDS = List.of("3652462", "1857910", "2449067");

  private final AsyncMap<String, City> cities;
  private final String http;
  private final Screen screen;
  private final String country;
  private boolean holds = true;

  /**
   * Prepares for a cluster whose map of towns is empty.
   *
   * @param http address of one node's HTTP server
   * @param country country whose largest towns are asked for
   */
  Demonstration(GridClient client, String http, Screen screen, String country) {
    this.cities = client.map(MAP, Codecs.string(), CityFile.CODEC);
    this.http = http;
    this.screen = screen;
    this.country = country;
  }

  /** Does all of it. Returns whether every answer was right. */
  boolean run() {
    Census file = new Census(country, LARGEST);
    CityFile.forEachBatch(batch -> batch.values().forEach(file::add));
    screen.line();
    screen.heading("Loading the world's towns (data: GeoNames, geonames.org, CC BY 4.0)");
    TownLoading.run(cities, file.total(), screen);
    verify(file.total());
    lookUp();
    Census grid = scan();
    showLargest(file, grid);
    showCountries(file, grid);
    showSpread(file.total());
    return holds;
  }

  private void verify(long total) {
    ProgressBar bar = new ProgressBar(screen, "verifying", total, System::nanoTime);
    LongAdder done = new LongAdder();
    LongAdder equal = new LongAdder();
    Flight flight = new Flight(IN_FLIGHT);
    CityFile.forEachBatch(
        batch -> {
          flight.add(
              () ->
                  cities
                      .getAll(batch.keySet())
                      .thenAccept(
                          found -> {
                            equal.add(equalEntries(batch, found));
                            done.add(batch.size());
                          }));
          bar.update(done.sum());
        });
    flight.land();
    bar.finish(done.sum());
    long size = Remote.await(cities.size());
    check(
        equal.sum() == total && size == total,
        "%d loaded and verified (equal to the file: %d, size of the map: %d)"
            .formatted(total, equal.sum(), size));
  }

  private static long equalEntries(Map<String, City> batch, Map<String, City> found) {
    return batch.entrySet().stream()
        .filter(entry -> entry.getValue().equals(found.get(entry.getKey())))
        .count();
  }

  private void lookUp() {
    part("Look-ups by id");
    Map<String, City> expected = CityFile.find(KNOWN_IDS);
    for (String id : KNOWN_IDS) {
      Optional<City> city = Remote.await(cities.get(id));
      check(
          city.isPresent() && city.equals(Optional.ofNullable(expected.get(id))),
          id + " is " + city.map(Demonstration::described).orElse("not there"));
    }
    check(Remote.await(cities.get("0")).isEmpty(), "0 has no entry, as in the file");
  }

  private Census scan() {
    // A scan may bring an entry twice, so towns are told apart by their ids.
    Map<String, City> found = new HashMap<>();
    Remote.await(cities.scan(PAGE_ENTRIES).forEach(entry -> found.put(entry.key(), entry.value())));
    Census census = new Census(country, LARGEST);
    found.values().forEach(census::add);
    return census;
  }

  private void showLargest(Census file, Census grid) {
    part("The ten largest towns of " + country + ", by a scan over all shards");
    int rank = 0;
    for (City city : grid.largest()) {
      rank++;
      screen.line(
          String.format(Locale.ROOT, "  %2d  %-32s %,12d", rank, city.name(), city.population()));
    }
    check(grid.largest().equals(file.largest()), "the same as in the file");
  }

  private void showCountries(Census file, Census grid) {
    part("Towns by country, counted by a scan over all shards");
    grid.towns().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(COUNTRIES_SHOWN)
        .forEach(
            row ->
                screen.line(
                    String.format(Locale.ROOT, "  %-4s %,12d", row.getKey(), row.getValue())));
    check(
        grid.towns().equals(file.towns()),
        "the same as in the file, for all " + file.towns().size() + " countries");
  }

  private void showSpread(long total) {
    part("Where it all is (curl http://" + http + "/cluster)");
    ClusterPage page = ClusterPage.fetch(http);
    page.table().forEach(row -> screen.line("  " + row));
    check(page.entries() == total, "the nodes together hold " + page.entries() + " entries");
    int most = page.members().stream().mapToInt(ClusterPage.Member::shards).max().orElse(0);
    double share = (double) most * page.members().size() / page.shards();
    check(
        share > 0 && share <= SHARE_MAX,
        String.format(
            Locale.ROOT, "no node has more than %.2f times the mean number of shards", SHARE_MAX));
  }

  private static String described(City city) {
    return "%s (%s), population %s, at %.3f %.3f"
        .formatted(
            city.name(), city.country(), Screen.grouped(city.population()), city.lat(), city.lon());
  }

  private void part(String title) {
    screen.line();
    screen.heading(title);
  }

  private void check(boolean isTrue, String text) {
    holds &= isTrue;
    screen.check(isTrue, text);
  }
}
