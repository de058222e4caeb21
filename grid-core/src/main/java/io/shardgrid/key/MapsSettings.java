package io.shardgrid.key;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all maps. Immutable.
 *
 * @param named those of the maps that have settings of their own
 * @param others those of all other maps
 * @param stores what every node has to know of the stores behind maps, as text, by map
 */
public record MapsSettings(
    Map<String, MapSettings> named, MapSettings others, Map<String, String> stores) {

  private static final String PATH = "grid.maps";

  /** The name in the configuration that stands for all maps that are not named. */
  private static final String OTHERS = "*";

  /** What the names of the grid's own maps begin with. */
  private static final String OWN = "grid.";

  private static final MapSettings PLAIN =
      new MapSettings(EvictionPolicy.NONE, MapSettings.UNLIMITED);

  public MapsSettings {
    named = Map.copyOf(named);
    stores = Map.copyOf(stores);
  }

  /** Of maps without stores. */
  public MapsSettings(Map<String, MapSettings> named, MapSettings others) {
    this(named, others, Map.of());
  }

  /** The same with these stores. */
  public MapsSettings with(Map<String, String> newStores) {
    return new MapsSettings(named, others, newStores);
  }

  /** No map evicts, and none has a limit of its own. */
  public static MapsSettings plain() {
    return new MapsSettings(Map.of(), PLAIN);
  }

  /**
   * Reads {@code grid.maps}.
   *
   * @param grid the section {@code grid}
   * @throws io.shardgrid.failure.GridConfigException if a value is missing or wrong
   */
  public static MapsSettings from(Config grid) {
    return StrictSettings.read(grid, PATH, MapsSettings::read);
  }

  private static MapsSettings read(Config grid) {
    ConfigObject maps = grid.getObject("maps");
    Config others = maps.toConfig().getConfig(ConfigUtil.joinPath(OTHERS));
    int shards = Math.max(1, grid.getInt("shards"));
    Map<String, MapSettings> named = new TreeMap<>();
    for (String name : maps.keySet()) {
      if (!name.equals(OTHERS)) {
        Config own = maps.toConfig().getConfig(ConfigUtil.joinPath(name)).withFallback(others);
        named.put(name, MapSettings.from(own, PATH + "." + name, shards));
      }
    }
    return new MapsSettings(named, MapSettings.from(others, PATH + ".\"*\"", shards));
  }

  /** The settings of a map. Nothing is evicted from the grid's own. */
  public MapSettings of(String map) {
    return map.startsWith(OWN) ? PLAIN : named.getOrDefault(map, others);
  }

  /** All settings as text by name, for comparing them with another node's. */
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    named.forEach((name, settings) -> texts.put(name, settings.toString()));
    texts.put(OTHERS, others.toString());
    stores.forEach((name, store) -> texts.put(name, of(name) + ", store " + store));
    return texts;
  }

  /** The configuration key of a map whose settings are others there; null if all are equal. */
  public @Nullable String differing(Map<String, String> others) {
    Map<String, String> own = texts();
    TreeMap<String, String> all = new TreeMap<>(own);
    all.putAll(others);
    for (String name : all.keySet()) {
      String text = own.get(name);
      if (text == null || !text.equals(others.get(name))) {
        return name;
      }
    }
    return null;
  }
}
