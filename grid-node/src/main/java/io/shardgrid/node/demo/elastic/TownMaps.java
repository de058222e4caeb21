package io.shardgrid.node.demo.elastic;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.town.City;
import io.shardgrid.node.town.CityFile;
import java.time.Duration;

/**
 * The maps of the demonstration. Thread-safe.
 *
 * @param towns towns by id
 * @param visits how often each was visited, by id
 */
record TownMaps(AsyncMap<String, City> towns, AsyncMap<String, Long> visits) {

  /** Nobody gives up before a node that stands still is taken out. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** As a client sees them. */
  static TownMaps of(GridClient client) {
    return new TownMaps(
        client.map("cities", Codecs.string(), CityFile.CODEC).withTimeout(TIMEOUT),
        client.map("visits", Codecs.string(), Codecs.decimal()).withTimeout(TIMEOUT));
  }
}
