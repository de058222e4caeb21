package io.shardgrid.node.town;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.ProgressBar;
import io.shardgrid.node.cli.Screen;
import java.util.concurrent.atomic.LongAdder;

/** Brings all towns of the file into a map. Stateless. */
public final class TownLoading {

  private static final int IN_FLIGHT = 16;

  private TownLoading() {}

  /**
   * Does it, and shows how far it is.
   *
   * @param total how many there are
   */
  public static void run(AsyncMap<String, City> towns, long total, Screen screen) {
    ProgressBar bar = new ProgressBar(screen, "loading", total, System::nanoTime);
    LongAdder done = new LongAdder();
    Flight flight = new Flight(IN_FLIGHT);
    CityFile.forEachBatch(
        batch -> {
          flight.add(() -> towns.putAll(batch).thenRun(() -> done.add(batch.size())));
          bar.update(done.sum());
        });
    flight.land();
    bar.finish(done.sum());
  }
}
