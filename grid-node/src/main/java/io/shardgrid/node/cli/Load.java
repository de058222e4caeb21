package io.shardgrid.node.cli;

import io.shardgrid.map.AsyncMap;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Loads rows into a map and looks for them afterwards, in batches, of which no more than a bound
 * are under way.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Load {

  private static final int BATCH_ROWS = 512;

  private final AsyncMap<String, byte[]> map;
  private final int inFlight;
  private final Screen screen;
  private final LongSupplier nanoTime;

  /** Opens the rows, from the first. */
  interface Source {
    NdjsonReader open() throws IOException;
  }

  Load(AsyncMap<String, byte[]> map, int inFlight, Screen screen, LongSupplier nanoTime) {
    this.map = map;
    this.inFlight = inFlight;
    this.screen = screen;
    this.nanoTime = nanoTime;
  }

  /** Puts every row; of rows with one key the last stays. Returns how many rows there are. */
  long put(Source source) throws IOException {
    long total = count(source);
    LongAdder done = new LongAdder();
    inBatches(
        source,
        new ProgressBar(screen, "loading", total, nanoTime),
        done,
        (flight, rows) -> {
          Map<String, byte[]> batch = new LinkedHashMap<>();
          rows.forEach(row -> batch.put(row.key(), row.json()));
          flight.add(() -> map.putAll(batch).thenRun(() -> done.add(rows.size())));
        });
    return total;
  }

  /** Looks up every row's key. Returns how many rows have an entry. */
  long countPresent(Source source, long total) throws IOException {
    LongAdder done = new LongAdder();
    LongAdder present = new LongAdder();
    inBatches(
        source,
        new ProgressBar(screen, "verifying", total, nanoTime),
        done,
        (flight, rows) -> {
          List<String> keys = rows.stream().map(NdjsonReader.Row::key).toList();
          flight.add(
              () ->
                  map.getAll(keys)
                      .thenAccept(
                          found -> {
                            present.add(keys.stream().filter(found::containsKey).count());
                            done.add(keys.size());
                          }));
        });
    return present.sum();
  }

  private static long count(Source source) throws IOException {
    long total = 0;
    try (NdjsonReader reader = source.open()) {
      for (int rows = -1; rows != 0; total += rows) {
        rows = reader.next(BATCH_ROWS).size();
      }
      return total;
    }
  }

  private void inBatches(Source source, ProgressBar bar, LongAdder done, Batch batch)
      throws IOException {
    boolean isComplete = false;
    try (NdjsonReader reader = source.open()) {
      Flight flight = new Flight(inFlight);
      for (var rows = reader.next(BATCH_ROWS); !rows.isEmpty(); rows = reader.next(BATCH_ROWS)) {
        batch.submit(flight, rows);
        bar.update(done.sum());
      }
      flight.land();
      isComplete = true;
    } finally {
      if (isComplete) {
        bar.finish(done.sum());
      } else {
        bar.abandon();
      }
    }
  }

  /** Sends one batch on its way. */
  private interface Batch {
    void submit(Flight flight, List<NdjsonReader.Row> rows);
  }
}
