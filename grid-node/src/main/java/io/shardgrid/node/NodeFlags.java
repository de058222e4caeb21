package io.shardgrid.node;

import io.shardgrid.node.resp.RespSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that stand for a setting, each for one key. Confined to the parsing thread. */
final class NodeFlags {

  private static final String PORT = "PORT";

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** What was given, by full key. */
  Map<String, Object> values() {
    return values;
  }

  @Option(
      names = "--name",
      order = 1,
      description = "What to call the node. Default: its cluster address")
  void name(String name) {
    values.put("grid.name", name);
  }

  @Option(
      names = "--host",
      order = 2,
      description = "Address that the others use. Default: 127.0.0.1, this machine only")
  void host(String host) {
    values.put("grid.host", host);
  }

  @Option(
      names = "--bind",
      order = 2,
      paramLabel = "HOST",
      description = "Address that all ports listen on, 0.0.0.0 for all. Default: that of --host")
  void bind(String host) {
    values.put("grid.bind-host", host);
  }

  @Option(
      names = "--port",
      order = 3,
      paramLabel = PORT,
      description = "Port for Redis clients and GridClient. Default: 7171; 0: any free one")
  void port(int port) {
    values.put("grid.node.resp.port", port);
  }

  @Option(
      names = "--http",
      order = 4,
      paramLabel = PORT,
      description = "Port of health and cluster pages. Default: 8171; 0: any free one")
  void http(int port) {
    values.put("grid.node.http.port", port);
  }

  @Option(
      names = "--peer",
      order = 5,
      paramLabel = PORT,
      description = "Port of the links that carry data between nodes. Default: 9171; 0: any")
  void peer(int port) {
    values.put("grid.peer-port", port);
  }

  @Option(
      names = "--cluster",
      order = 6,
      paramLabel = PORT,
      description = "Port of membership, the one that seeds name. Default: 10171; 0: any")
  void cluster(int port) {
    values.put("grid.cluster-port", port);
  }

  @Option(
      names = "--seeds",
      order = 7,
      split = ",",
      paramLabel = "HOST:PORT",
      description = "Cluster addresses of nodes to join by. Default: none")
  void seeds(List<String> seeds) {
    values.put("grid.seeds", seeds);
  }

  @Option(
      names = "--found",
      order = 8,
      arity = "0",
      description = "Found the cluster although there are seeds. One node of a cluster does.")
  void found(boolean isFounder) {
    values.put("grid.found", isFounder);
  }

  @Option(
      names = "--expect",
      order = 9,
      paramLabel = "N",
      description = "Members that have to be up before the first shards are placed. Default: 1")
  void expect(int members) {
    values.put("grid.placement.expect", members);
  }

  @Option(
      names = "--weight",
      order = 10,
      paramLabel = "N",
      description = "Share of the data relative to the others; 0 for none. Default: 1")
  void weight(int weight) {
    values.put("grid.weight", weight);
  }

  @Option(names = "--zone", order = 11, description = "Failure domain, as a rack. Default: default")
  void zone(String zone) {
    values.put("grid.zone", zone);
  }

  @Option(
      names = "--cluster-name",
      order = 12,
      paramLabel = "NAME",
      description = "Name of the cluster; nodes of another are refused. Default: shardgrid")
  void clusterName(String name) {
    values.put("grid.cluster", name);
  }

  @Option(
      names = "--shards",
      order = 13,
      paramLabel = "N",
      description = "Number of shards, fixed when the cluster is founded. Default: 256")
  void shards(int shards) {
    values.put("grid.shards", shards);
  }

  @Option(
      names = "--memory-max",
      order = 14,
      paramLabel = "SIZE",
      description = "Memory for entries, as 512m or 2g. Default: 60 %% of the JVM's heap")
  void memoryMax(String size) {
    values.put("grid.memory-max", size);
  }

  @Option(
      names = "--resp-mode",
      order = 15,
      paramLabel = "proxy|cluster",
      description = {
        "proxy: answers Redis clients for every key. cluster: answers MOVED for keys of other nodes,"
            + " for cluster clients. Default: proxy"
      })
  void respMode(RespSettings.Mode mode) {
    values.put("grid.node.resp.mode", mode.name().toLowerCase(Locale.ROOT));
  }

  @Option(
      names = "--allow-unauthenticated",
      order = 16,
      arity = "0",
      description = {
        "Serve other machines although no users are configured: whoever reaches the ports may do"
            + " everything."
      })
  void allowUnauthenticated(boolean isOpen) {
    values.put("grid.node.access.open-to-network", isOpen);
  }

  @Option(
      names = "--no-drain",
      order = 16,
      arity = "0",
      description = "On SIGTERM stop at once, as a crash would look to the others.")
  void noDrain(boolean stopsAtOnce) {
    values.put("grid.node.drain", !stopsAtOnce);
  }
}
