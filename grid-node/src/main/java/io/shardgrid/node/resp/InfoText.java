package io.shardgrid.node.resp;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.security.AccessCounters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the text that {@code INFO} replies. Confined to one thread. */
final class InfoText {

  private static final Set<String> ALL = Set.of("all", "default", "everything");
  private static final int NANOS_OF_SECOND = 1_000_000_000;
  private static final int SECONDS_OF_DAY = 86_400;
  private static final double MEBIBYTE = 1 << 20;

  private final RespServerState server;
  private final Set<String> wanted;
  private final StringBuilder text = new StringBuilder();

  /** A text of these sections, or all if none is named. */
  InfoText(RespServerState server, Set<String> wanted) {
    this.server = server;
    this.wanted = wanted;
  }

  /** Whether the number of keys has to be known. */
  boolean wantsKeyspace() {
    return wants("keyspace") && server.grid() != null;
  }

  /** The text. */
  String write(long keys) {
    if (wants("server")) {
      writeServer();
    }
    if (wants("clients")) {
      writeClients();
    }
    if (wants("memory")) {
      writeMemory();
    }
    if (wants("persistence")) {
      section("Persistence").line("loading", server.grid() == null ? 1 : 0);
    }
    if (wants("stats")) {
      writeStats();
    }
    if (wants("access")) {
      writeAccess();
    }
    if (wants("replication")) {
      section("Replication").line("role", "master").line("connected_slaves", 0);
    }
    if (wants("cluster")) {
      writeCluster();
    }
    if (wants("keyspace")) {
      section("Keyspace");
      if (keys > 0) {
        line("db0", "keys=" + keys + ",expires=0,avg_ttl=0");
      }
    }
    return text.toString();
  }

  private void writeServer() {
    long upSeconds = (System.nanoTime() - server.startNanos()) / NANOS_OF_SECOND;
    section("Server")
        .line("redis_version", Versions.REDIS)
        .line("shardgrid_version", Versions.shardgrid())
        .line("redis_mode", server.isCluster() ? "cluster" : "standalone")
        .line("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .line("arch_bits", 64)
        .line("java_version", System.getProperty("java.version", "unknown"))
        .line("process_id", ProcessHandle.current().pid())
        .line("tcp_port", server.port())
        .line("uptime_in_seconds", upSeconds)
        .line("uptime_in_days", upSeconds / SECONDS_OF_DAY);
  }

  private void writeClients() {
    section("Clients")
        .line("connected_clients", server.connections().size())
        .line("maxclients", server.settings().bounds().connectionsMax());
  }

  private void writeMemory() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    section("Memory")
        .line("used_memory", used)
        .line("used_memory_human", mebibytes(used))
        .line("total_system_memory", runtime.maxMemory())
        .line("total_system_memory_human", mebibytes(runtime.maxMemory()))
        .line("maxmemory", 0)
        .line("maxmemory_policy", "noeviction")
        .line("mem_allocator", "jvm");
  }

  private void writeStats() {
    RespCounters counters = server.counters();
    section("Stats")
        .line("total_connections_received", counters.accepted.sum())
        .line("total_commands_processed", counters.commands.sum())
        .line("total_net_input_bytes", counters.bytesIn.sum())
        .line("total_net_output_bytes", counters.bytesOut.sum())
        .line("rejected_connections", counters.rejected.sum())
        .line("total_error_replies", counters.errors.sum())
        .line("protocol_errors", counters.protocolErrors.sum())
        .line("client_output_buffer_limit_disconnections", counters.slowReaders.sum())
        .line("idle_disconnections", counters.idleClosed.sum())
        .line("late_disconnections", counters.lateClosed.sum())
        .line("rejected_connections_of_a_source", counters.rejectedOfSource.sum())
        .line("times_held_up_for_rate", counters.heldUp.sum());
  }

  private void writeAccess() {
    AccessCounters access = server.access().counters();
    section("Access")
        .line("login_required", server.access().book().isRequired() ? 1 : 0)
        .line("logins_accepted", access.accepted.sum())
        .line("logins_remembered", access.remembered.sum())
        .line("logins_denied", access.denied.sum())
        .line("logins_busy", access.busy.sum())
        .line("logins_delayed", access.delayed.sum())
        .line("refused_without_login", access.unknown.sum())
        .line("refused_for_lack_of_rights", access.forbidden.sum())
        .line("http_connections_refused", access.refusedHttp.sum())
        .line("http_requests_late", access.lateRequests.sum())
        .line("audit_lines_left_out", access.unlogged.sum());
  }

  private void writeCluster() {
    section("Cluster").line("cluster_enabled", server.isCluster() ? 1 : 0);
    GridAccess grid = server.grid();
    if (grid != null) {
      ClusterView view = new ClusterView(grid, server.port());
      line("shardgrid_cluster", grid.charter().cluster());
      line("shardgrid_node", view.self().name());
      line("shardgrid_ready", grid.readiness().isReady() ? 1 : 0);
      line("shardgrid_members", grid.members().size());
      line("shardgrid_shards", grid.charter().shards());
      line("shardgrid_shards_primary", view.shards(entry -> isPrimary(grid, entry)));
      line("shardgrid_shards_lost", view.shards(entry -> entry != null && entry.isLost()));
      line("shardgrid_placement_epoch", Epoch.format(view.epoch()));
    }
  }

  private static boolean isPrimary(GridAccess grid, @Nullable PlacementEntry entry) {
    return entry != null && grid.self().equals(entry.primary());
  }

  private boolean wants(String section) {
    return wanted.isEmpty() || wanted.contains(section) || wanted.stream().anyMatch(ALL::contains);
  }

  private InfoText section(String title) {
    text.append(text.length() == 0 ? "" : "\r\n").append("# ").append(title).append("\r\n");
    return this;
  }

  private InfoText line(String key, Object value) {
    text.append(key).append(':').append(value).append("\r\n");
    return this;
  }

  private static String mebibytes(long bytes) {
    return Math.round(bytes / MEBIBYTE * 100) / 100.0 + "M";
  }
}
