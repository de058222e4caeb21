package io.shardgrid.actor;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.placement.PlacementSettings;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.shard.ReplicaSettings;
import java.util.List;

/**
 * Everything that a node is set up with, by feature. Immutable.
 *
 * @param respPort port under which the others announce this node's RESP server; 0 if it has none
 * @param httpPort the same for its HTTP server
 */
public record EngineSettings(
    MemberSettings member,
    RouterSettings route,
    ReplicaSettings shard,
    PlacementSettings placement,
    LinkSettings link,
    int respPort,
    int httpPort) {

  /** Reads a section {@code grid} whose keys have been checked. */
  public static EngineSettings from(Config grid) {
    return StrictSettings.read(
        grid,
        "grid",
        section ->
            new EngineSettings(
                MemberSettings.from(section),
                RouterSettings.from(section),
                ReplicaSettings.from(section),
                PlacementSettings.from(section),
                LinkSettings.from(section),
                0,
                0));
  }

  /** The same node, joining by these seeds. */
  EngineSettings joining(List<String> seeds) {
    return new EngineSettings(
        member.joining(seeds), route, shard, placement, link, respPort, httpPort);
  }
}
