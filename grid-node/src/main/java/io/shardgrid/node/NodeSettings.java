package io.shardgrid.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.shardgrid.GridSettings;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.node.admin.AdminSettings;
import io.shardgrid.node.provision.ProvisionContext;
import io.shardgrid.node.provision.ProvisionSettings;
import io.shardgrid.node.resp.RespSettings;
import io.shardgrid.node.security.AccessSettings;
import io.shardgrid.node.store.TableSettings;
import io.shardgrid.node.telemetry.TraceExportSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a standalone node. Immutable.
 *
 * @param grid its part in the cluster
 * @param tls certificates of its servers
 * @param access who may use it
 * @param trace where the spans of what is followed go
 * @param provision who starts and ends nodes
 * @param provisionContext what those are told of this node
 * @param tables the tables behind its maps
 * @param drains whether it hands over its shards before it leaves
 */
public record NodeSettings(
    GridSettings grid,
    RespSettings resp,
    AdminSettings admin,
    NodeTlsSettings tls,
    AccessSettings access,
    TraceExportSettings trace,
    ProvisionSettings provision,
    ProvisionContext provisionContext,
    TableSettings tables,
    boolean drains) {

  private static final String SECTION = "grid";
  private static final String STANDALONE = "standalone.conf";

  /**
   * Reads the settings: flags over the file over {@code standalone.conf} over the reference.
   *
   * @param file HOCON with a section {@code grid}, or none
   * @param flags values by their full key
   * @throws GridConfigException when the file cannot be read, a key is unknown or a value wrong
   */
  static NodeSettings load(@Nullable Path file, Map<String, ?> flags) {
    Config root = root(file, flags);
    try {
      Config reference = ConfigFactory.defaultReference(NodeSettings.class.getClassLoader());
      Config grid = root.getConfig(SECTION);
      return new NodeSettings(
          GridSettings.from(root),
          RespSettings.from(grid),
          AdminSettings.from(grid),
          NodeTlsSettings.from(grid),
          AccessSettings.from(grid),
          TraceExportSettings.from(grid),
          ProvisionSettings.from(grid),
          new ProvisionContext(
              grid.getString("cluster"),
              ProvisionSettings.shared(grid, reference.getConfig(SECTION)),
              System::getenv),
          TableSettings.from(grid),
          StrictSettings.read(grid, SECTION, section -> section.getBoolean("node.drain")));
    } catch (ConfigException e) {
      throw new GridConfigException("A setting cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * All settings of the process: flags over the file over {@code standalone.conf} over the
   * reference.
   *
   * @throws GridConfigException when the file cannot be read, or a key is unknown
   */
  static Config root(@Nullable Path file, Map<String, ?> flags) {
    try {
      Config reference = ConfigFactory.defaultReference(NodeSettings.class.getClassLoader());
      Config own = file == null ? ConfigFactory.empty() : parsed(file);
      Config root =
          ConfigFactory.parseMap(flags, "the command line")
              .withFallback(own)
              .withFallback(ConfigFactory.parseResources(NodeSettings.class, STANDALONE))
              .withFallback(reference)
              .resolve();
      Config grid = root.getConfig(SECTION);
      StrictSettings.checkKeys(grid.root(), reference.getConfig(SECTION).root(), SECTION);
      return root;
    } catch (ConfigException e) {
      throw new GridConfigException("A setting cannot be read: " + e.getMessage(), e);
    }
  }

  private static Config parsed(Path file) {
    Config own =
        ConfigFactory.parseFile(
            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    for (String key : new TreeSet<>(own.root().keySet())) {
      if (!key.equals(SECTION)) {
        throw new GridConfigException(
            "A setting is unknown: key=" + key + ", known here=" + SECTION + ", at=" + file);
      }
    }
    return own;
  }
}
