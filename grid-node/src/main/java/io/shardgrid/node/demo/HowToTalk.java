package io.shardgrid.node.demo;

import io.shardgrid.node.cli.NodeAddresses;
import java.util.List;

/** Commands and code that talk to a running demonstration, ready to paste. */
final class HowToTalk {

  private HowToTalk() {}

  /**
   * The lines for these nodes.
   *
   * @param jar path of the program
   */
  static List<String> lines(List<NodeAddresses> nodes, String jar) {
    String resp = nodes.get(0).resp();
    String http = nodes.get(0).http();
    String host = resp.substring(0, resp.lastIndexOf(':'));
    String port = resp.substring(resp.lastIndexOf(':') + 1);
    return """

        The nodes run until Ctrl-C. Talk to any of them:

          redis-cli -h %1$s -p %2$s GRID.GET cities 1857910
          redis-cli -h %1$s -p %2$s SET greeting hello
          redis-cli -h %1$s -p %2$s GET greeting

          curl http://%3$s/cluster
          curl http://%3$s/health/ready

          java -jar %5$s status --node %3$s
          java -jar %5$s get cities 1857910 --node %4$s

        From Java (jshell --class-path %5$s):

          import io.shardgrid.client.GridClient;
          import io.shardgrid.map.Codecs;
          var client = GridClient.connect("%4$s");
          var cities = client.map("cities", Codecs.string(), Codecs.string());
          System.out.println(cities.get("1857910").toCompletableFuture().join());
          client.close();
        """
        .formatted(host, port, http, resp, jar)
        .lines()
        .toList();
  }
}
