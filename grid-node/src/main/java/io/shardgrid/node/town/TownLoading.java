package io.shardgrid.node.town;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.ProgressBar;
import io.shardgrid.node.cli.Screen;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings all towns of the file into a map. Stateless. */
public final class TownLoading {

  private static final int IN_FLIGHT = 16;
  private static final int LARGE_IN_FLIGHT = 2;
  private static final int LARGE = 4_096;

  private TownLoading() {}

  /**
   * Does it, and shows how far it is.
   *
   * @param total how many there are
   */
  public static void run(AsyncMap<String, City> towns, long total, Screen screen) {
    run(towns, total, screen, IN_FLIGHT, CityFile::forEachBatch);
  }

  /**
   * The same with few operations, that have many towns each: a grid that counts operations sees
   * hardly any.
   */
  public static void runInLargeBatches(
      List<City> towns, AsyncMap<String, City> map, Screen screen) {
    run(
        map,
        towns.size(),
        screen,
        LARGE_IN_FLIGHT,
        action -> {
          for (int from = 0; from < towns.size(); from += LARGE) {
            List<City> batch = towns.subList(from, Math.min(towns.size(), from + LARGE));
            action.accept(batch.stream().collect(Collectors.toMap(City::id, Function.identity())));
          }
        });
  }

  private static void run(
      AsyncMap<String, City> towns,
      long total,
      Screen screen,
      int inFlight,
      Consumer<Consumer<Map<String, City>>> batches) {
    ProgressBar bar = new ProgressBar(screen, "loading", total, System::nanoTime);
    LongAdder done = new LongAdder();
    Flight flight = new Flight(inFlight);
    batches.accept(
        batch -> {
          flight.add(() -> towns.putAll(batch).thenRun(() -> done.add(batch.size())));
          bar.update(done.sum());
        });
    flight.land();
    bar.finish(done.sum());
  }
}
