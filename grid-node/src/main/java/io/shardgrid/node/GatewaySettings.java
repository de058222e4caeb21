package io.shardgrid.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.mirror.MirrorSettings;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.node.gateway.Gateway;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a gateway: {@code grid.gateway}, the servers' of {@code grid.node}, the clients' of
 * {@code grid.client}. Immutable.
 *
 * @param node of whose servers the gateway has its own
 * @param production how production is asked
 * @param canary how the canary is asked
 * @param mirror what is mirrored
 */
record GatewaySettings(
    NodeSettings node, ClientSettings production, ClientSettings canary, MirrorSettings mirror) {

  private static final String PATH = "grid.gateway";
  private static final String CLIENT = "grid.client.";

  /**
   * Reads the settings: flags over the file over the reference.
   *
   * @param file HOCON with a section {@code grid}, or none
   * @param flags values by their full key
   * @throws GridConfigException when the file cannot be read, a key is unknown or a value wrong
   */
  static GatewaySettings load(@Nullable Path file, Map<String, ?> flags) {
    Config root = NodeSettings.root(file, flags);
    Config gateway = root.getConfig(PATH);
    Map<String, Object> ports = new HashMap<>(flags);
    return StrictSettings.read(
        gateway,
        PATH,
        section -> {
          ports.put("grid.node.resp.port", section.getInt("port"));
          ports.put("grid.node.http.port", section.getInt("http"));
          return new GatewaySettings(
              NodeSettings.load(file, ports),
              client(root, section.getConfig("production"), "production"),
              client(root, section.getConfig("canary"), "canary"),
              MirrorSettings.from(root));
        });
  }

  /** What {@code grid.client} says, with what this cluster has of its own. */
  private static ClientSettings client(Config root, Config section, String name) {
    List<String> seeds = section.getStringList("seeds");
    StrictSettings.require(
        !seeds.isEmpty(), PATH + "." + name + ".seeds", "at least one host:port", "[]");
    Map<String, Object> own = new HashMap<>();
    own.put(CLIENT + "seeds", seeds);
    put(own, "tls.ca-file", section.getString("ca-file"));
    put(own, "tls.certificate-file", section.getString("certificate-file"));
    put(own, "tls.key-file", section.getString("key-file"));
    put(own, "access.user", section.getString("user"));
    put(own, "access.password-file", section.getString("password-file"));
    if (section.getBoolean("tls")) {
      own.put(CLIENT + "tls.enabled", true);
    }
    return ClientSettings.from(ConfigFactory.parseMap(own, PATH + "." + name).withFallback(root));
  }

  private static void put(Map<String, Object> own, String key, String found) {
    if (!found.isEmpty()) {
      own.put(CLIENT + key, found);
    }
  }

  /** What a gateway is made of. */
  Gateway.Plan plan(Guards guards) {
    var member = node.grid().engine().member();
    return new Gateway.Plan(
        member.listenHost(),
        member.netThreads(),
        node.resp(),
        node.admin(),
        guards.resp(),
        guards.http(),
        production,
        canary,
        mirror);
  }
}
