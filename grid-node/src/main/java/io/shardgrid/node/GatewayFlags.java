package io.shardgrid.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a gateway that stand for a setting. Confined to the parsing thread. */
final class GatewayFlags {

  private static final String DYE = "grid.client.mirror.dye.";

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** What was given, by full key. */
  Map<String, Object> values() {
    return values;
  }

  @Option(
      names = "--production",
      order = 1,
      split = ",",
      paramLabel = "HOST:PORT",
      description = "RESP addresses of nodes of production.")
  void production(List<String> seeds) {
    values.put("grid.gateway.production.seeds", seeds);
  }

  @Option(
      names = "--canary",
      order = 2,
      split = ",",
      paramLabel = "HOST:PORT",
      description = "RESP addresses of nodes of the canary.")
  void canary(List<String> seeds) {
    values.put("grid.gateway.canary.seeds", seeds);
  }

  @Option(
      names = "--host",
      order = 3,
      description = "Address to listen on. Default: 127.0.0.1, this machine only")
  void host(String host) {
    values.put("grid.host", host);
  }

  @Option(
      names = "--port",
      order = 4,
      description = "Port for Redis clients. Default: 7271; 0: any free one")
  void port(int port) {
    values.put("grid.gateway.port", port);
  }

  @Option(
      names = "--http",
      order = 5,
      paramLabel = "PORT",
      description = "Port of report, verdict and meters. Default: 8271; 0: any free one")
  void http(int port) {
    values.put("grid.gateway.http", port);
  }

  @Option(
      names = "--mode",
      order = 6,
      paramLabel = "off|shadow|canary",
      description = {
        "shadow: production answers, the canary's answers are compared. canary: dyed operations are"
            + " answered by the canary, by production if it fails. Default: shadow"
      })
  void mode(String mode) {
    values.put("grid.client.mirror.mode", mode);
  }

  @Option(
      names = "--percent",
      order = 7,
      paramLabel = "SHARE",
      description = "Share of the keys that is dyed, 0 to 100. Default: 100")
  void percent(double percent) {
    values.put(DYE + "percent", percent);
  }

  @Option(
      names = "--maps",
      order = 8,
      split = ",",
      paramLabel = "MAP",
      description = "Maps that are mirrored. Default: all")
  void maps(List<String> maps) {
    values.put(DYE + "maps", maps);
  }

  @Option(
      names = "--operations",
      order = 9,
      split = ",",
      paramLabel = "KIND",
      description = "Kinds of operations that are dyed, as get, put, remove. Default: all")
  void operations(List<String> kinds) {
    values.put(DYE + "operations", kinds);
  }

  @Option(
      names = "--tag",
      order = 10,
      paramLabel = "NAME",
      description = "Dye only connections of this name (CLIENT SETNAME). Default: all")
  void tag(String tag) {
    values.put(DYE + "tag", tag);
  }

  @Option(
      names = "--allow-unauthenticated",
      order = 11,
      arity = "0",
      description = "Serve other machines although no users are configured.")
  void allowUnauthenticated(boolean isOpen) {
    values.put("grid.node.access.open-to-network", isOpen);
  }
}
