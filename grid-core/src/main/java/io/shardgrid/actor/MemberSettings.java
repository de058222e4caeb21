package io.shardgrid.actor;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.net.PeerAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who a member is, where it listens, and how it finds the others. Immutable.
 *
 * @param name what its operator calls it; empty for its cluster address
 * @param cluster name of the cluster
 * @param host address that the others use
 * @param bindHost address that everything listens on; empty for {@code host}
 * @param peerPort port of the peer links; 0 for any free one
 * @param clusterPort port of the cluster protocol; 0 for any free one
 * @param seeds cluster addresses (host:port) of members to join by
 * @param isFounder whether it founds the cluster although it has seeds
 * @param rejoins whether a node that was expelled starts again as a new member
 * @param joinTimeout how long it looks for a cluster to join
 * @param drainTimeout how long it hands its shards over at most before it leaves
 * @param leaveTimeout how long it takes at most to leave in order
 * @param weight share of the data relative to the others
 * @param zone failure domain
 * @param shards number of shards; fixed at founding
 * @param backups copies of a shard beside its primary; fixed at founding
 * @param hashSeed seed of the hash tables; empty to draw one at founding
 * @param memoryMaxBytes bytes of entries that the member holds at most
 * @param maps settings of maps; the same on every member
 * @param netThreads event loops of the node's connections
 * @param shardThreads threads of the pool that runs shards
 * @param callbackThreads threads that complete stages
 */
public record MemberSettings(
    String name,
    String cluster,
    String host,
    String bindHost,
    int peerPort,
    int clusterPort,
    List<String> seeds,
    boolean isFounder,
    boolean rejoins,
    Duration joinTimeout,
    Duration drainTimeout,
    Duration leaveTimeout,
    int weight,
    String zone,
    int shards,
    int backups,
    OptionalLong hashSeed,
    long memoryMaxBytes,
    MapsSettings maps,
    int netThreads,
    int shardThreads,
    int callbackThreads) {

  private static final int PORT_MAX = 65_535;
  private static final int BACKUPS_MAX = 5;
  private static final double HEAP_SHARE = 0.6;
  private static final Set<String> ANY_ADDRESS = Set.of("", "0.0.0.0", "::");

  public MemberSettings {
    seeds = List.copyOf(seeds);
    require(!cluster.isBlank(), "grid.cluster", "a name", "'" + cluster + "'");
    require(!host.isBlank(), "grid.host", "a host name or address", "'" + host + "'");
    requirePort("grid.peer-port", peerPort);
    requirePort("grid.cluster-port", clusterPort);
    for (String seed : seeds) {
      require(isAddress(seed), "grid.seeds", "host:port with a port of 1 to 65535", seed);
    }
    require(joinTimeout.toMillis() > 0, "grid.join-timeout", "more than 0", joinTimeout);
    require(!drainTimeout.isNegative(), "grid.drain-timeout", "0 or more", drainTimeout);
    require(!leaveTimeout.isNegative(), "grid.leave-timeout", "0 or more", leaveTimeout);
    requireWeight(weight);
    require(!zone.isBlank(), "grid.zone", "a name", "'" + zone + "'");
    require(shards >= 1 && shards <= 4096, "grid.shards", "1 to 4096", shards);
    require(backups >= 0 && backups <= BACKUPS_MAX, "grid.backups", "0 to " + BACKUPS_MAX, backups);
    require(memoryMaxBytes > 0, "grid.memory-max", "more than 0", memoryMaxBytes);
    require(netThreads >= 1, "grid.threads.net", "at least 1", netThreads);
    require(shardThreads >= 1, "grid.threads.shard", "at least 1", shardThreads);
    require(callbackThreads >= 1, "grid.threads.callback", "at least 1", callbackThreads);
  }

  /** Reads {@code grid}. */
  public static MemberSettings from(Config grid) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new MemberSettings(
        grid.getString("name"),
        grid.getString("cluster"),
        grid.getString("host"),
        grid.getString("bind-host"),
        grid.getInt("peer-port"),
        grid.getInt("cluster-port"),
        grid.getStringList("seeds"),
        grid.getBoolean("found"),
        grid.getBoolean("rejoin"),
        grid.getDuration("join-timeout"),
        grid.getDuration("drain-timeout"),
        grid.getDuration("leave-timeout"),
        grid.getInt("weight"),
        grid.getString("zone"),
        grid.getInt("shards"),
        grid.getInt("backups"),
        grid.getString("hash-seed").equals("random")
            ? OptionalLong.empty()
            : OptionalLong.of(grid.getLong("hash-seed")),
        grid.getString("memory-max").equals("auto")
            ? (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE)
            : grid.getBytes("memory-max"),
        MapsSettings.from(grid),
        threads(grid, "threads.net", processors),
        threads(grid, "threads.shard", processors),
        threads(grid, "threads.callback", processors));
  }

  /** The address that everything listens on. */
  public String listenHost() {
    return bindHost.isEmpty() ? host : bindHost;
  }

  /** Where it listens for its peers. */
  PeerAddress peerAddress() {
    return new PeerAddress(listenHost(), peerPort, outboundHost());
  }

  /** The address that connections to other members come from; empty for whichever fits. */
  String outboundHost() {
    return ANY_ADDRESS.contains(bindHost) ? "" : bindHost;
  }

  /** Whether this member begins a cluster of its own. */
  boolean foundsCluster() {
    return isFounder || seeds.isEmpty();
  }

  /** Refuses a weight that a member cannot have. */
  static void requireWeight(int weight) {
    require(weight >= 0 && weight <= 1000, "grid.weight", "0 to 1000", weight);
  }

  /** The same member, joining by these seeds with this weight. */
  MemberSettings joining(List<String> others, int newWeight) {
    return new MemberSettings(
        name,
        cluster,
        host,
        bindHost,
        peerPort,
        clusterPort,
        others,
        false,
        rejoins,
        joinTimeout,
        drainTimeout,
        leaveTimeout,
        newWeight,
        zone,
        shards,
        backups,
        hashSeed,
        memoryMaxBytes,
        maps,
        netThreads,
        shardThreads,
        callbackThreads);
  }

  /** The same member, with these settings of maps. */
  MemberSettings with(MapsSettings newMaps) {
    return new MemberSettings(
        name,
        cluster,
        host,
        bindHost,
        peerPort,
        clusterPort,
        seeds,
        isFounder,
        rejoins,
        joinTimeout,
        drainTimeout,
        leaveTimeout,
        weight,
        zone,
        shards,
        backups,
        hashSeed,
        memoryMaxBytes,
        newMaps,
        netThreads,
        shardThreads,
        callbackThreads);
  }

  private static int threads(Config grid, String key, int auto) {
    return grid.getString(key).equals("auto") ? auto : grid.getInt(key);
  }

  private static void requirePort(String key, int port) {
    require(port >= 0 && port <= PORT_MAX, key, "0 to 65535", port);
  }

  private static boolean isAddress(String seed) {
    int colon = seed.lastIndexOf(':');
    if (colon < 1 || !seed.substring(colon + 1).matches("[0-9]{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(seed.substring(colon + 1));
    return port >= 1 && port <= PORT_MAX;
  }
}
