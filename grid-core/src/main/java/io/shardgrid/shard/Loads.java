package io.shardgrid.shard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a map that are being loaded, each once at a time. Confined to the primary. */
final class Loads {

  private final Map<ByteBuffer, Flight> flights = new HashMap<>();

  /** A load that is under way. */
  static final class Flight {
    private final StoreErrand.Load load;
    private final long version;
    private final List<LoadWait> waiting = new ArrayList<>();
    private boolean isOvertaken;

    Flight(StoreErrand.Load load, long version) {
      this.load = load;
      this.version = version;
    }

    StoreErrand.Load load() {
      return load;
    }

    /** Version of the entry that it is to replace; 0 if there is none. */
    long version() {
      return version;
    }

    /** Whether the key was written since it began. */
    boolean isOvertaken() {
      return isOvertaken;
    }

    /** Who waits, in the order in which they came. */
    List<LoadWait> waiting() {
      return waiting;
    }
  }

  int size() {
    return flights.size();
  }

  @Nullable Flight find(ByteBuffer key) {
    return flights.get(key);
  }

  void begin(ByteBuffer key, Flight flight) {
    flights.put(key, flight);
  }

  /** The key is written: what is loaded does not count. */
  void written(ByteBuffer key) {
    Flight flight = flights.isEmpty() ? null : flights.get(key);
    if (flight != null) {
      flight.isOvertaken = true;
    }
  }

  /** Takes a load out that has ended; null if it was let go before. */
  @Nullable Flight end(StoreErrand.Load load) {
    ByteBuffer key = ByteBuffer.wrap(load.key());
    Flight flight = flights.get(key);
    if (flight == null || flight.load.ticket() != load.ticket()) {
      return null;
    }
    flights.remove(key);
    return flight;
  }

  void clear() {
    flights.clear();
  }
}
