package io.shardgrid.actor;

import com.typesafe.config.Config;
import io.shardgrid.autoscale.AutoscaleSettings;
import io.shardgrid.bucket.BucketMap;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.link.LinkSettings;
import io.shardgrid.loader.StoreSettings;
import io.shardgrid.member.DowningSettings;
import io.shardgrid.meter.MeterSettings;
import io.shardgrid.placement.PlacementSettings;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.rule.RuleSettings;
import io.shardgrid.shard.ReplicaSettings;
import io.shardgrid.shard.ReplicationSettings;
import io.shardgrid.trace.TraceSettings;
import java.util.List;

/**
 * Everything that a node is set up with, by feature. Immutable.
 *
 * @param respPort port under which the others announce this node's RESP server; 0 if it has none
 * @param httpPort the same for its HTTP server
 */
public record EngineSettings(
    MemberSettings member,
    SecuritySettings security,
    RouterSettings route,
    ReplicaSettings shard,
    ReplicationSettings replication,
    PlacementSettings placement,
    DowningSettings downing,
    LinkSettings link,
    AutoscaleSettings autoscale,
    MeterSettings metrics,
    TraceSettings trace,
    RuleSettings rule,
    StoreSettings store,
    int respPort,
    int httpPort) {

  private static final long SLACK_BYTES = 1 << 20;

  public EngineSettings {
    // A new primary's first message to a backup has everything that is not acknowledged in it.
    long messageBytes =
        2 * replication.logBytesMax()
            + route.requestBytesMax()
            + BucketMap.VALUE_BYTES_MAX
            + SLACK_BYTES;
    StrictSettings.require(
        link.frameBytesMax() >= messageBytes,
        "grid.link.frame-bytes-max",
        messageBytes
            + " at least, with the grid.replication.log-bytes-max and"
            + " grid.route.request-bytes-max that are set",
        link.frameBytesMax());
    StrictSettings.require(
        link.operationBytesMax() / 2 >= route.requestBytesMax(),
        "grid.link.operation-bytes-max",
        "at least twice grid.route.request-bytes-max",
        link.operationBytesMax());
  }

  /** Reads a section {@code grid} whose keys have been checked. */
  public static EngineSettings from(Config grid) {
    return StrictSettings.read(
        grid,
        "grid",
        section ->
            new EngineSettings(
                MemberSettings.from(section),
                SecuritySettings.from(section),
                RouterSettings.from(section),
                ReplicaSettings.from(section),
                ReplicationSettings.from(section),
                PlacementSettings.from(section),
                DowningSettings.from(section),
                LinkSettings.from(section),
                AutoscaleSettings.from(section, section.getInt("backups") + 1),
                MeterSettings.from(section),
                TraceSettings.from(section, "grid"),
                RuleSettings.from(section),
                StoreSettings.from(section),
                0,
                0));
  }

  /** The same node, which tells the others of these ports; 0 for none. */
  public EngineSettings announcing(int newRespPort, int newHttpPort) {
    return new EngineSettings(
        member,
        security,
        route,
        shard,
        replication,
        placement,
        downing,
        link,
        autoscale,
        metrics,
        trace,
        rule,
        store,
        newRespPort,
        newHttpPort);
  }

  /** The same node, with these settings of maps. */
  EngineSettings with(MapsSettings maps) {
    return new EngineSettings(
        member.with(maps),
        security,
        route,
        shard,
        replication,
        placement,
        downing,
        link,
        autoscale,
        metrics,
        trace,
        rule,
        store,
        respPort,
        httpPort);
  }

  /** The same node, joining by these seeds with this weight. */
  EngineSettings joining(List<String> seeds, int weight) {
    return new EngineSettings(
        member.joining(seeds, weight),
        security,
        route,
        shard,
        replication,
        placement,
        downing,
        link,
        autoscale,
        metrics,
        trace,
        rule,
        store,
        respPort,
        httpPort);
  }
}
