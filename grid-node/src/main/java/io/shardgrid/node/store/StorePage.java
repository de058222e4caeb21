package io.shardgrid.node.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.shardgrid.node.cli.AdminPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A store as a node's {@code /stores} page tells it. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorePage(
    String map,
    String writes,
    long marks,
    long markBytes,
    long oldestMarkMillis,
    long waiting,
    String breaker,
    long breakerOpenings,
    int loadsAtOnce,
    int loadsQueued,
    int writesAtOnce,
    int writesQueued,
    Map<String, Long> counts,
    Map<String, Long> own) {

  /** What an order answers: whether there was such a store. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Done(boolean done) {}

  public StorePage {
    counts = Map.copyOf(counts);
    own = Map.copyOf(own);
  }

  /** All stores, as that node sees them. */
  public static List<StorePage> all(String node) {
    return List.of(AdminPage.parse(AdminPage.get(node, "/stores"), StorePage[].class));
  }

  /** Has that node's part of a map's filter be made anew; false if the map has no store. */
  static boolean refill(String node, String map) {
    String name = URLEncoder.encode(map, StandardCharsets.UTF_8);
    return AdminPage.parse(AdminPage.post(node, "/stores/filter?map=" + name), Done.class).done();
  }

  /** How often something was counted, by the name of the event in capital letters. */
  public long count(String event) {
    return counts.getOrDefault(event, 0L);
  }

  /** Questions that the database was asked, whatever came of them. */
  public long queries() {
    return count("ASKED");
  }
}
