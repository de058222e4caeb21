package io.shardgrid.node;

import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.VersionText;
import java.util.List;

/** What a node says when it is ready. */
final class Welcome {

  private Welcome() {}

  static List<String> lines(NodeAddresses node, int members) {
    String port = node.resp().substring(node.resp().lastIndexOf(':') + 1);
    String host = node.resp().substring(0, node.resp().lastIndexOf(':'));
    return """

        Shardgrid %1$s: node %2$s is ready, in a cluster of %3$d

          Redis clients   %4$-22s redis-cli -h %5$s -p %6$s
          Java            %4$-22s GridClient.connect("%4$s")
          HTTP            %7$-22s curl http://%7$s/cluster
          other nodes     %8$-22s java -jar grid-node.jar start --seeds %8$s ...
          links           %9$s

        """
        .formatted(
            VersionText.number(),
            node.name(),
            members,
            node.resp(),
            host,
            port,
            node.http(),
            node.cluster(),
            node.peer())
        .lines()
        .toList();
  }
}
