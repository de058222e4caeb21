package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What a node's {@code /cluster} page says of what members do. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
record NodesPage(String cluster, List<Node> members) {

  NodesPage {
    members = List.copyOf(members);
  }

  /**
   * One member.
   *
   * @param operations that it has taken since it was started
   * @param middleMillis what half of the operations of late did not exceed; 0 if there were few
   * @param slowMillis what 99 of 100 operations of late did not exceed; 0 if there were few
   * @param waitingWrites writes that wait for backups
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Node(
      String name,
      String id,
      String host,
      ClusterPage.Ports ports,
      String zone,
      int weight,
      String standing,
      boolean isAnswering,
      int shards,
      int backups,
      long entries,
      long bytes,
      long operations,
      double middleMillis,
      double slowMillis,
      long waitingWrites) {}

  static NodesPage fetch(String node) {
    return AdminPage.parse(ClusterPage.fetchText(node), NodesPage.class);
  }

  /** A table for people: where each member listens. */
  List<String> table() {
    TextTable table =
        new TextTable(
            4,
            "NODE",
            "HOST",
            "ZONE",
            "STANDING",
            "WEIGHT",
            "RESP",
            "HTTP",
            "PEER",
            "CLUSTER",
            "SHARDS",
            "BACKUPS");
    for (Node node : members) {
      table.row(
          node.name(),
          node.host(),
          node.zone(),
          node.isAnswering() ? node.standing() : "no answer",
          node.weight(),
          port(node.ports().resp()),
          port(node.ports().http()),
          port(node.ports().peer()),
          port(node.ports().cluster()),
          node.shards(),
          node.backups());
    }
    return table.lines();
  }

  private static String port(int port) {
    return port == 0 ? "-" : Integer.toString(port);
  }
}
