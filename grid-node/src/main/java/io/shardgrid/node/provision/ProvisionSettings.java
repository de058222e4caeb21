package io.shardgrid.node.provision;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.shardgrid.key.StrictSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who starts and ends nodes, and how. Immutable.
 *
 * @param kind which of them; the settings of the others are checked, and not used
 */
public record ProvisionSettings(
    Kind kind, LocalSettings local, KubernetesSettings kubernetes, WebhookSettings webhook) {

  /** Who starts and ends nodes. */
  public enum Kind {
    /** Nobody: a decision is shown, and carried out by people. */
    NONE,
    /** Processes on this machine. */
    LOCAL,
    /** The number of replicas of a StatefulSet. */
    KUBERNETES,
    /** Whoever answers at a URL. */
    WEBHOOK
  }

  static final String PATH = "grid.node.provision";

  /** What makes a node the one it is; the nodes it starts are others. */
  private static final Set<String> OWN_KEYS =
      Set.of(
          "name",
          "seeds",
          "found",
          "weight",
          "peer-port",
          "cluster-port",
          "placement.expect",
          "node.resp.port",
          "node.http.port");

  public ProvisionSettings {
    if (kind == Kind.WEBHOOK) {
      webhook.requireUsable();
    }
  }

  /** Reads {@code grid.node.provision}. */
  public static ProvisionSettings from(Config grid) {
    return StrictSettings.read(
        grid.getConfig("node.provision"),
        PATH,
        provision ->
            new ProvisionSettings(
                choice(Kind.class, PATH + ".kind", provision.getString("kind")),
                LocalSettings.from(provision),
                KubernetesSettings.from(provision),
                WebhookSettings.from(provision)));
  }

  /**
   * What the nodes that this one starts are to be told: all that differs from the reference, except
   * for what makes this node the one it is.
   *
   * @param grid settings of this node
   * @param reference the same section of the reference
   * @return HOCON
   */
  public static String shared(Config grid, Config reference) {
    Config shared = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : grid.entrySet()) {
      String path = entry.getKey();
      boolean isUsual =
          reference.hasPath(path) && reference.getValue(path).equals(entry.getValue());
      if (!isUsual && !OWN_KEYS.contains(path)) {
        shared = shared.withValue(path, entry.getValue());
      }
    }
    return shared
        .atKey("grid")
        .root()
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }

  /** The constant that a setting names in lower case, with hyphens. */
  static <E extends Enum<E>> E choice(Class<E> type, String key, String found) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(ProvisionSettings::word).toList();
    StrictSettings.require(names.contains(found), key, "one of " + names, found);
    return type.getEnumConstants()[names.indexOf(found)];
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
