package io.shardgrid.node.resp;

import io.shardgrid.key.Slot;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.SourceCount;
import io.shardgrid.wire.MapNames;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What all connections of a server share. Thread-safe. */
final class RespServerState {

  /** The map that plain commands address. */
  static final String DEFAULT_MAP = "default";

  /** The reply before the node has joined its cluster. */
  static final String LOADING = "LOADING Shardgrid is joining its cluster; try again shortly";

  private static final int MAP_NAMES = 1024;

  private final RespSettings settings;
  private final long startNanos = System.nanoTime();
  private final RespCounters counters = new RespCounters();
  private final MapNames mapNames = new MapNames(MAP_NAMES);
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final SourceCount sources = new SourceCount();
  private final AccessDesk access;
  private volatile int port;
  private volatile @Nullable GridAccess grid;

  RespServerState(RespSettings settings, AccessDesk access) {
    this.settings = settings;
    this.access = access;
  }

  /** Who may do what. */
  AccessDesk access() {
    return access;
  }

  RespSettings settings() {
    return settings;
  }

  int port() {
    return port;
  }

  void listensOn(int bound) {
    port = bound;
  }

  long startNanos() {
    return startNanos;
  }

  RespCounters counters() {
    return counters;
  }

  MapNames mapNames() {
    return mapNames;
  }

  long nextId() {
    return lastId.incrementAndGet();
  }

  /** The open connections by id. */
  Map<Long, Connection> connections() {
    return connections;
  }

  /** How many connections are open, of the native protocol or of plain RESP. */
  long open(boolean isNative) {
    return connections.values().stream()
        .filter(one -> (one.session().nativeSession() != null) == isNative)
        .count();
  }

  /** Takes a connection up; the bound that it is beyond, or null. {@link #closed} follows. */
  @Nullable String opened(Connection connection) {
    connections.put(connection.session().id(), connection);
    InetAddress source = connection.gate().source();
    int ofSource = source == null ? 0 : sources.opened(source);
    int connectionsMax = settings.bounds().connectionsMax();
    OptionalInt ofSourceMax = settings.guards().perSourceMax();
    String bound = null;
    if (connections.size() > connectionsMax) {
      bound = "grid.node.resp.connections-max=" + connectionsMax;
    } else if (ofSourceMax.isPresent() && ofSource > ofSourceMax.getAsInt()) {
      counters.rejectedOfSource.increment();
      bound = "grid.node.resp.connections-per-source-max=" + ofSourceMax.getAsInt();
    }
    if (bound != null) {
      connections.remove(connection.session().id());
      counters.rejected.increment();
    }
    return bound;
  }

  /** A connection that was taken up has ended. */
  void closed(Connection connection) {
    connections.remove(connection.session().id());
    InetAddress source = connection.gate().source();
    if (source != null) {
      sources.closed(source);
    }
  }

  /** The grid, or null before the node has joined its cluster. */
  @Nullable GridAccess grid() {
    return grid;
  }

  /** Runs what takes several commands that came together. */
  void batch(Runnable commands) {
    GridAccess joined = grid;
    if (joined == null) {
      commands.run();
    } else {
      joined.batch(commands);
    }
  }

  void serve(GridAccess joined) {
    grid = joined;
  }

  boolean isCluster() {
    return settings.mode() == RespSettings.Mode.CLUSTER;
  }

  /** The error reply for a slot that another node answers for, or null if this one does. */
  @Nullable String elsewhere(GridAccess joined, int slot) {
    return isCluster() ? new ClusterView(joined, port).elsewhere(slot) : null;
  }

  /** The error reply for keys that another node answers for, or that are of several slots. */
  @Nullable String elsewhere(GridAccess joined, List<byte[]> keys) {
    if (!isCluster()) {
      return null;
    }
    int slot = Slot.of(keys.get(0));
    for (byte[] key : keys) {
      if (Slot.of(key) != slot) {
        return "CROSSSLOT Keys in request don't hash to the same slot";
      }
    }
    return elsewhere(joined, slot);
  }

  /** The shards that {@code SCAN}, {@code DBSIZE} and {@code FLUSHALL} are about, ascending. */
  int[] coveredShards(GridAccess joined) {
    IntStream all = IntStream.range(0, joined.router().shards());
    ClusterView view = new ClusterView(joined, port);
    return isCluster() ? all.filter(view::isOwn).toArray() : all.toArray();
  }
}
