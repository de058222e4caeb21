package io.shardgrid.node.town;

import io.shardgrid.map.Codec;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.NdjsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The file of towns that comes with the program. */
public final class CityFile {

  public static final Codec<City> CODEC = Codecs.json(City.class);

  private static final String RESOURCE = "cities.ndjson.gz";
  private static final int BATCH_ROWS = 512;

  private CityFile() {}

  /** Hands all towns to {@code action} in the order of the file, in batches, by id. */
  public static void forEachBatch(Consumer<Map<String, City>> action) {
    try (NdjsonReader reader = new NdjsonReader(open(), RESOURCE, "id")) {
      for (var rows = reader.next(BATCH_ROWS); !rows.isEmpty(); rows = reader.next(BATCH_ROWS)) {
        Map<String, City> batch = new LinkedHashMap<>();
        rows.forEach(row -> batch.put(row.key(), CODEC.decode(row.json())));
        action.accept(batch);
      }
    } catch (IOException e) {
      throw new IllegalStateException("The file of towns in this jar is damaged: " + RESOURCE, e);
    }
  }

  /** The towns with these ids, by id. */
  public static Map<String, City> find(Collection<String> ids) {
    Map<String, City> found = new HashMap<>();
    forEachBatch(
        batch ->
            ids.forEach(
                id -> Optional.ofNullable(batch.get(id)).ifPresent(city -> found.put(id, city))));
    return found;
  }

  private static InputStream open() {
    return Objects.requireNonNull(CityFile.class.getResourceAsStream(RESOURCE), RESOURCE);
  }
}
