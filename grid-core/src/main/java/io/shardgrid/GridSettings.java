package io.shardgrid;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.shardgrid.actor.EngineSettings;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.key.StrictSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a grid is set up with. Immutable; each {@code with} method returns a changed copy and checks
 * it.
 *
 * <p>Every key stands, with its meaning, unit and bound, in {@code reference.conf}; an unknown key
 * is an error. Without any setting a grid is one node on the loopback address, on free ports, that
 * looks for nobody.
 *
 * @param engine the settings by feature
 * @param grid the section {@code grid} they were read from, the reference included
 */
public record GridSettings(EngineSettings engine, Config grid) {

  private static final String SECTION = "grid";

  /**
   * The settings of the application: {@code application.conf} and system properties over the
   * reference.
   *
   * @throws GridConfigException when a key is unknown or a value does not fit
   */
  public static GridSettings load() {
    return from(ConfigFactory.load(GridSettings.class.getClassLoader()));
  }

  /** The settings of the reference alone. */
  public static GridSettings reference() {
    return from(ConfigFactory.empty());
  }

  /**
   * Settings from a configuration with a section {@code grid}; what it leaves out is taken from the
   * reference.
   *
   * @throws GridConfigException when a key is unknown or a value does not fit
   */
  public static GridSettings from(Config root) {
    return StrictSettings.read(root, SECTION, GridSettings::resolved);
  }

  private static GridSettings resolved(Config root) {
    Config reference = ConfigFactory.defaultReference(GridSettings.class.getClassLoader());
    Config known = reference.getConfig(SECTION);
    Config own =
        root.hasPath(SECTION)
            ? root.resolveWith(reference).getConfig(SECTION)
            : ConfigFactory.empty();
    StrictSettings.checkKeys(own.root(), known.root(), SECTION);
    return of(own.withFallback(known).resolve());
  }

  private static GridSettings of(Config grid) {
    return new GridSettings(EngineSettings.from(grid), grid);
  }

  /**
   * The same settings with one other value.
   *
   * @param key below {@code grid}, such as {@code memory-max}
   */
  public GridSettings with(String key, Object value) {
    if (!grid.hasPathOrNull(key)) {
      throw new GridConfigException("A setting is unknown: key=grid." + key);
    }
    GridSettings changed = of(grid.withValue(key, ConfigValueFactory.fromAnyRef(value)));
    return changed.withRemotePorts(engine.respPort(), engine.httpPort());
  }

  /** The name its operator gives the node. */
  public GridSettings withName(String name) {
    return with("name", name);
  }

  /** The name of the cluster. */
  public GridSettings withCluster(String cluster) {
    return with("cluster", cluster);
  }

  /**
   * TLS with the other nodes, with these PEM files: see {@code grid.tls}.
   *
   * @param certificate of this node
   * @param key of the certificate
   * @param authorities that the others' certificates are checked by
   */
  public GridSettings withTls(Path certificate, Path key, Path authorities) {
    Map<String, Object> section =
        Map.of(
            "enabled", true,
            "certificate-file", certificate.toString(),
            "key-file", key.toString(),
            "ca-file", authorities.toString());
    Config tls = ConfigFactory.parseMap(section).withFallback(grid.getConfig("tls"));
    GridSettings changed = of(grid.withValue("tls", tls.root()));
    return changed.withRemotePorts(engine.respPort(), engine.httpPort());
  }

  /** What every node of the cluster knows and nobody else, at least 16 characters. */
  public GridSettings withSecret(String secret) {
    return with("cluster-secret", secret);
  }

  /** The address that everything binds to and that the others use. */
  public GridSettings withHost(String host) {
    return with("host", host);
  }

  /** The port of the peer links; 0 for any free one. */
  public GridSettings withPeerPort(int port) {
    return with("peer-port", port);
  }

  /** The port of the cluster protocol, which seeds name; 0 for any free one. */
  public GridSettings withClusterPort(int port) {
    return with("cluster-port", port);
  }

  /** Cluster addresses, host:port, of members to join by. */
  public GridSettings withSeeds(List<String> seeds) {
    return with("seeds", seeds);
  }

  /** Whether the node founds the cluster although it has seeds. */
  public GridSettings withFounder(boolean isFounder) {
    return with("found", isFounder);
  }

  /** How many members are to be Up before the founder makes the first placement. */
  public GridSettings withExpect(int members) {
    return with("placement.expect", members);
  }

  /** The node's share of the data relative to the others. */
  public GridSettings withWeight(int weight) {
    return with("weight", weight);
  }

  /** The node's failure domain. */
  public GridSettings withZone(String zone) {
    return with("zone", zone);
  }

  /** The number of shards, fixed when the cluster is founded. */
  public GridSettings withShards(int shards) {
    return with("shards", shards);
  }

  /** How long the node looks for a cluster to join. */
  public GridSettings withJoinTimeout(Duration timeout) {
    return with("join-timeout", timeout);
  }

  /**
   * The settings of a map, the same on every node.
   *
   * @param eviction which entry makes room for another
   * @param bytesMax bytes that the map takes at most in the cluster, copies not counted; {@link
   *     MapSettings#UNLIMITED} for no limit but the node's
   */
  public GridSettings withMap(String map, EvictionPolicy eviction, long bytesMax) {
    String path = ConfigUtil.joinPath("maps", map);
    Object limit = bytesMax == MapSettings.UNLIMITED ? "off" : bytesMax;
    Map<String, Object> section =
        Map.of("eviction", eviction.name().toLowerCase(Locale.ROOT), "bytes-max", limit);
    GridSettings changed = of(grid.withValue(path, ConfigValueFactory.fromMap(section)));
    return changed.withRemotePorts(engine.respPort(), engine.httpPort());
  }

  /** Without the values, among which there may be a secret. */
  @Override
  public String toString() {
    return "GridSettings[cluster=" + engine.member().cluster() + "]";
  }

  /** The ports of servers beside the grid, which its members tell each other; 0 for none. */
  public GridSettings withRemotePorts(int respPort, int httpPort) {
    return new GridSettings(engine.announcing(respPort, httpPort), grid);
  }
}
