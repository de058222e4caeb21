package io.shardgrid.node.comparison;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.ClusterReport.MemberReport;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** This grid with its settings as they are shipped, but for fixed ports. */
final class ShardgridProduct implements Product {

  private static final int CLUSTER_PORT = 17_601;
  private static final int RESP_PORT = 17_621;
  private static final int SHARDS = 256;
  private static final String MAP = "m";

  private @Nullable Grid grid;
  private @Nullable GridClient client;
  private AsyncMap<String, byte[]> map = closed();

  @SuppressWarnings("NullAway") // replaced by open
  private static AsyncMap<String, byte[]> closed() {
    return null;
  }

  @Override
  public void open(Role role, int number) {
    if (role == Role.CLIENT) {
      GridClient connected = GridClient.connect("127.0.0.1:" + RESP_PORT);
      client = connected;
      map = connected.map(MAP, Codecs.string(), Codecs.bytes());
      return;
    }
    GridSettings settings =
        GridSettings.reference().withShards(Integer.getInteger("comparison.shards", SHARDS));
    if (role == Role.MEMBER) {
      settings = settings.withName("n" + number).withClusterPort(CLUSTER_PORT + number);
      settings =
          number == 0
              ? settings.withFounder(true)
              : settings.withSeeds(List.of("127.0.0.1:" + CLUSTER_PORT));
    }
    Grid started = Grid.start(settings);
    grid = started;
    started.ready().toCompletableFuture().join();
    map = started.map(MAP, Codecs.string(), Codecs.bytes());
  }

  @Override
  public byte @Nullable [] get(String key) {
    return map.get(key).toCompletableFuture().join().orElse(null);
  }

  @Override
  public void put(String key, byte[] value) {
    map.put(key, value).toCompletableFuture().join();
  }

  @Override
  public CompletionStage<Boolean> getAsync(String key, int valueBytes) {
    return map.get(key).thenApply(value -> value.isPresent() && value.get().length == valueBytes);
  }

  @Override
  public CompletionStage<?> putAsync(String key, byte[] value) {
    return map.put(key, value);
  }

  @Override
  public State state() {
    Grid running = grid;
    if (running == null) {
      return new State(1, true);
    }
    ClusterReport report = running.report().toCompletableFuture().join();
    int members = report.members().size();
    int shards = report.charter().shards();
    int copies = Math.min(members, report.charter().backups() + 1);
    int held = report.members().stream().mapToInt(one -> one.shards() + one.backups()).sum();
    boolean isShared =
        report.members().stream()
            .mapToInt(MemberReport::shards)
            .allMatch(n -> n >= shards / members);
    return new State(members, isShared && held == shards * copies);
  }

  @Override
  public Server server() throws IOException {
    List<String> command =
        new ArrayList<>(
            Launch.java(
                io.shardgrid.node.Main.class,
                "start",
                "--stop-with-stdin",
                "--port",
                Integer.toString(RESP_PORT),
                "--http",
                "0",
                "--peer",
                "0",
                "--cluster",
                "0"));
    Server server = Server.command(command, Redirect.INHERIT);
    server.awaitPort(RESP_PORT);
    return server;
  }

  @Override
  public void close() {
    Optional.ofNullable(client).ifPresent(GridClient::close);
    Optional.ofNullable(grid).ifPresent(Grid::closeNow);
  }
}
