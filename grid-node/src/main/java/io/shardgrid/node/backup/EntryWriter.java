package io.shardgrid.node.backup;

import io.shardgrid.node.cli.Flight;
import io.shardgrid.route.RoutedShards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stores entries in their shards, many with one write. Confined to one thread, which it blocks when
 * as much is under way as may be. Holds {@link #OPEN_BYTES_MAX} and what is under way.
 */
final class EntryWriter {

  private static final int BATCH_ENTRIES_MAX = 512;
  private static final long BATCH_BYTES_MAX = 64 << 10;
  private static final long OPEN_BYTES_MAX = 8 << 20;

  private final RoutedShards shards;
  private final Flight flight;
  private final LongAdder written;
  private final Map<Place, Batch> open = new LinkedHashMap<>();
  private long openBytes;

  private record Place(int shard, String map) {}

  private static final class Batch {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private long bytes;
  }

  /**
   * Writes to a cluster.
   *
   * @param inFlight writes under way at most
   * @param written counts the entries that are stored
   */
  EntryWriter(RoutedShards shards, int inFlight, LongAdder written) {
    this.shards = shards;
    this.flight = new Flight(inFlight);
    this.written = written;
  }

  /** Stores an entry now or later; one with a deadline by a write of its own. */
  void add(String map, byte[] key, byte[] value, long deadlineMillis) {
    int shard = shards.of(key);
    if (deadlineMillis != 0) {
      flight.add(
          () ->
              Patience.askLater(() -> shards.store(shard, map, key, value, deadlineMillis))
                  .thenRun(written::increment));
      return;
    }
    Place place = new Place(shard, map);
    Batch batch = open.computeIfAbsent(place, any -> new Batch());
    batch.keys.add(key);
    batch.values.add(value);
    long bytes = (long) key.length + value.length;
    batch.bytes += bytes;
    openBytes += bytes;
    if (batch.keys.size() >= BATCH_ENTRIES_MAX || batch.bytes >= BATCH_BYTES_MAX) {
      open.remove(place);
      send(place, batch);
    } else if (openBytes >= OPEN_BYTES_MAX) {
      sendAll();
    }
  }

  /** Waits until all is stored. */
  void finish() {
    sendAll();
    flight.land();
  }

  private void sendAll() {
    open.forEach(this::send);
    open.clear();
  }

  private void send(Place place, Batch batch) {
    openBytes -= batch.bytes;
    flight.add(
        () ->
            Patience.askLater(
                    () -> shards.store(place.shard(), place.map(), batch.keys, batch.values))
                .thenRun(() -> written.add(batch.keys.size())));
  }
}
