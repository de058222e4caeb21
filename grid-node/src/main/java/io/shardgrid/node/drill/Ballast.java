package io.shardgrid.node.drill;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.Flight;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Entries that only lie there, so that copies take a while. Confined to one thread. */
final class Ballast {

  /** What the values' second halves consist of, so that a relay knows them. */
  static final byte FILL = (byte) 0xA5;

  private static final int VALUE_BYTES = 4_096;
  private static final int IN_FLIGHT = 32;

  private final AsyncMap<String, byte[]> map;
  private final long entries;

  Ballast(GridClient client, long bytes) {
    this.map = client.map("ballast", Codecs.string(), Codecs.bytes());
    this.entries = bytes / VALUE_BYTES;
  }

  /** Stores it, and waits for that. */
  void fill() {
    Flight flight = new Flight(IN_FLIGHT);
    byte[] value = new byte[VALUE_BYTES];
    ThreadLocalRandom.current().nextBytes(value);
    Arrays.fill(value, VALUE_BYTES / 2, VALUE_BYTES, FILL);
    for (long number = 0; number < entries; number++) {
      String key = "ballast-" + number;
      flight.add(() -> map.put(key, value));
    }
    flight.land();
  }

  /** Demands that it is there. */
  void check(Scene scene) {
    if (entries > 0) {
      long found = Remote.await(map.size());
      scene.demand(
          found == entries,
          "%s of %s entries that nobody wrote to are there"
              .formatted(Screen.grouped(found), Screen.grouped(entries)));
    }
  }
}
