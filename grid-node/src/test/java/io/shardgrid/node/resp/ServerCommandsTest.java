package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Commands about connections and the server, over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServerCommandsTest {

  private RespFixture fixture;

  @BeforeAll
  void start() {
    fixture = RespFixture.serving();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  void greets() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("PING")).isEqualTo("PONG");
      assertThat(client.ask("PING", "hi")).isEqualTo("'hi'");
      assertThat(client.ask("ECHO", "hi")).isEqualTo("'hi'");
      assertThat(client.ask("SELECT", 0)).isEqualTo("OK");
      assertThat(client.ask("SELECT", 1)).isEqualTo("-ERR DB index is out of range");
      assertThat(client.ask("READONLY")).isEqualTo("OK");
      assertThat(client.ask("READWRITE")).isEqualTo("OK");
      assertThat(client.ask("ASKING")).isEqualTo("OK");
      assertThat(client.ask("AUTH", "secret")).startsWith("-ERR AUTH <password> called without");
      assertThat(client.ask("QUIT")).isEqualTo("OK");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void agreesOnTheVersion() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("HELLO"))
          .startsWith("['server' 'redis' 'version'")
          .contains("'proto' 2");
      assertThat(client.ask("HELLO", 3, "SETNAME", "me"))
          .startsWith("%['server' 'redis'")
          .contains("'proto' 3", "'mode' 'standalone'", "'role' 'master'");
      assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("'me'");
      assertThat(client.ask("HELLO", 2)).startsWith("['server'");
      assertThat(client.ask("HELLO", 4)).isEqualTo("-NOPROTO unsupported protocol version");
      assertThat(client.ask("HELLO", 3, "AUTH", "u", "p")).startsWith("-ERR AUTH");
      assertThat(client.ask("HELLO", 3, "NOW")).startsWith("-ERR Syntax error in HELLO option");
    }
  }

  @Test
  void knowsItsClients() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("nil");
      assertThat(client.ask("CLIENT", "SETNAME", "bob")).isEqualTo("OK");
      assertThat(client.ask("CLIENT", "SETNAME", "b b")).startsWith("-ERR Client names cannot");
      assertThat(client.ask("CLIENT", "SETINFO", "LIB-NAME", "jedis")).isEqualTo("OK");
      assertThat(client.ask("CLIENT", "SETINFO", "LIB-VER", "8")).isEqualTo("OK");
      assertThat(client.ask("CLIENT", "SETINFO", "X", "8")).startsWith("-ERR Unrecognized option");
      String id = client.ask("CLIENT", "ID");
      assertThat(client.ask("CLIENT", "LIST"))
          .contains("id=" + id + " addr=127.0.0.1:", "name=bob", "lib-name=jedis", "cmd=client");
      assertThat(client.ask("CLIENT", "INFO")).startsWith("'id=" + id + " ");
      assertThat(client.ask("CLIENT", "KILL")).startsWith("-ERR unknown subcommand");
    }
  }

  @Test
  void describesItself() {
    try (RespClient client = fixture.client()) {
      client.ask("SET", "k", "v");
      assertThat(client.ask("INFO"))
          .contains(
              "# Server\r\nredis_version:7.",
              "shardgrid_version:",
              "redis_mode:standalone",
              "# Clients\r\nconnected_clients:",
              "# Memory\r\nused_memory:",
              "# Stats\r\ntotal_connections_received:",
              "role:master",
              "# Cluster\r\ncluster_enabled:0",
              "shardgrid_shards_primary:16",
              "# Keyspace\r\ndb0:keys=");
      assertThat(client.ask("INFO", "clients")).startsWith("'# Clients").doesNotContain("Server");
      assertThat(client.ask("CONFIG", "GET", "save")).isEqualTo("['save' '']");
      assertThat(client.ask("CONFIG", "GET", "append*")).isEqualTo("['appendonly' 'no']");
      assertThat(client.ask("CONFIG", "GET", "nothing")).isEqualTo("[]");
      assertThat(client.ask("CONFIG", "SET", "save", "")).startsWith("-ERR settings are read");
    }
  }

  @Test
  void showsTheCluster() {
    try (RespClient client = fixture.client()) {
      String id = client.ask("CLUSTER", "MYID");
      assertThat(id).matches("'[0-9a-f]{40}'");
      int port = fixture.server.port();
      assertThat(client.ask("CLUSTER", "SLOTS"))
          .isEqualTo("[[0 16383 ['127.0.0.1' " + port + " " + id + " []]]]");
      assertThat(client.ask("CLUSTER", "SHARDS"))
          .contains("'slots' [0 16383]", "'port' " + port, "'role' 'master'", "'health' 'online'");
      assertThat(client.ask("CLUSTER", "NODES"))
          .contains("127.0.0.1:" + port + "@10171 myself,master - 0 0 ", " connected 0-16383\n");
      assertThat(client.ask("CLUSTER", "INFO"))
          .contains("cluster_state:ok", "cluster_slots_ok:16384", "cluster_size:1");
      assertThat(client.ask("CLUSTER", "KEYSLOT", "foo")).isEqualTo("12182");
      assertThat(client.ask("CLUSTER", "FORGET", "x")).startsWith("-ERR unknown subcommand");
      assertThat(client.ask("CLUSTER", "COUNTKEYSINSLOT")).startsWith("-ERR CLUSTER COUNT");
    }
  }

  @Test
  void tellsOfItsCommands() {
    try (RespClient client = fixture.client3()) {
      String count = client.ask("COMMAND", "COUNT");
      assertThat(count).isEqualTo(String.valueOf(CommandTable.get().all().size()));
      assertThat(client.ask("COMMAND", "INFO", "get", "none"))
          .isEqualTo("[['get' 2 ~[readonly fast] 1 1 1 ~[] [] [] []] nil]");
      assertThat(client.ask("COMMAND", "INFO", "mset")).contains("['mset' -3 ", " 1 -1 2 ");
      assertThat(client.ask("COMMAND", "INFO", "grid.get")).contains(" 2 2 1 ");
      assertThat(client.ask("COMMAND", "DOCS", "get")).startsWith("%['get' %['summary' ");
      assertThat(client.ask("COMMAND", "LIST")).startsWith("['ping' ");
      assertThat(client.ask("COMMAND")).startsWith("[['ping' -1 ");
      assertThat(client.ask("COMMAND", "X")).startsWith("-ERR unknown subcommand");
    }
  }

  @Test
  void saysThatItIsLoading() {
    try (RespFixture loading = RespFixture.loading();
        RespClient client = loading.client()) {
      assertThat(client.ask("PING")).isEqualTo("PONG");
      assertThat(client.ask("GET", "k")).startsWith("-LOADING ");
      assertThat(client.ask("INFO")).contains("loading:1");
      assertThat(client.ask("CLUSTER", "SLOTS")).startsWith("-LOADING ");
      loading.server.serve(loading.grid);
      assertThat(client.ask("GET", "k")).isEqualTo("nil");
    }
  }

  @Test
  void namesThePortThatIsInUse() {
    RespSettings settings = RespSettings.from(RespFixture.config());
    assertThatThrownBy(
            () -> RespServer.bind("127.0.0.1", fixture.server.port(), settings, fixture.loops))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.node.resp.port, host=127.0.0.1, port=")
        .hasMessageContaining("Address already in use")
        .hasMessageContaining("choose another port");
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> RespSettings.from(RespFixture.config("mode = both")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.node.resp.mode, wanted=proxy or cluster, found=both");
    assertThatThrownBy(() -> RespSettings.from(RespFixture.config("pipeline-max = 0")))
        .hasMessageContaining("key=grid.node.resp.pipeline-max, wanted=at least 1, found=0");
    assertThatThrownBy(() -> RespSettings.from(RespFixture.config("value-bytes-max = 2 MiB")))
        .hasMessageContaining("key=grid.node.resp.batch-bytes-max");
    assertThatThrownBy(() -> RespSettings.from(RespFixture.config("backlog = many")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("backlog");
  }
}
