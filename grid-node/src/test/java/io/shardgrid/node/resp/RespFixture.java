package io.shardgrid.node.resp;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.net.EventLoops;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.Entrance;

/** A RESP server above a grid of one process, on a free port of the loopback interface. */
final class RespFixture implements AutoCloseable {

  static final int SHARDS = 16;

  private static final String SETTINGS =
      """
      node.resp {
        port = 0, mode = proxy, backlog = 16, connections-max = 100
        pipeline-max = 64, operations-max = 64, args-max = 1000, inline-bytes-max = 1 KiB
        value-bytes-max = 1 MiB, batch-bytes-max = 2 MiB, frame-bytes-max = 4 MiB
        unsent-bytes-pause = 256 KiB, unsent-bytes-max = 1 MiB
        idle-timeout = off, command-timeout = 30 s, slow-reader-timeout = 30 s
        connections-per-source-max = off, commands-per-second-max = off, commands-burst = 10
        first-command-timeout = off, whole-command-timeout = 30 s
      }
      """;

  final InProcessGrid grid;
  final EventLoops loops;
  final RespServer server;

  private RespFixture(InProcessGrid grid, EventLoops loops, RespServer server) {
    this.grid = grid;
    this.loops = loops;
    this.server = server;
  }

  /** A server that serves; {@code changes} are settings that differ, such as {@code mode = x}. */
  static RespFixture serving(String... changes) {
    RespFixture fixture = loading(changes);
    fixture.server.serve(fixture.grid);
    return fixture;
  }

  /** A server that knows users. */
  static RespFixture knowing(AccessDesk access, String... changes) {
    EventLoops loops = EventLoops.start(2);
    RespServer server =
        RespServer.bind(
            "127.0.0.1", 0, RespSettings.from(config(changes)), loops, new Entrance(access, null));
    RespFixture fixture = new RespFixture(new InProcessGrid(SHARDS), loops, server);
    server.serve(fixture.grid);
    return fixture;
  }

  /** A server whose node has not joined its cluster. */
  static RespFixture loading(String... changes) {
    EventLoops loops = EventLoops.start(2);
    RespServer server = RespServer.bind("127.0.0.1", 0, RespSettings.from(config(changes)), loops);
    return new RespFixture(new InProcessGrid(SHARDS), loops, server);
  }

  static Config config(String... changes) {
    Config changed = ConfigFactory.empty();
    for (String change : changes) {
      changed = ConfigFactory.parseString("node.resp." + change).withFallback(changed);
    }
    return changed.withFallback(ConfigFactory.parseString(SETTINGS));
  }

  RespClient client() {
    return new RespClient(server.port());
  }

  /** A client that speaks RESP3. */
  RespClient client3() {
    RespClient client = client();
    client.ask("HELLO", "3");
    return client;
  }

  @Override
  public void close() {
    server.close();
    loops.close();
  }
}
