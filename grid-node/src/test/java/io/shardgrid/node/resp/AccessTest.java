package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.AuditLines;
import io.shardgrid.node.security.SampleUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Logins and rights, over a socket. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {

  private static final String NOAUTH = "-NOAUTH Authentication required.";
  private static final String WRONGPASS =
      "-WRONGPASS invalid username-password pair or user is disabled.";

  private AccessDesk desk;
  private RespFixture fixture;

  @BeforeAll
  void start() {
    desk = SampleUsers.desk();
    fixture = RespFixture.knowing(desk);
  }

  @AfterAll
  void stop() {
    fixture.close();
    desk.close();
  }

  private RespClient client(String user) {
    RespClient client = fixture.client();
    assertThat(client.ask("AUTH", user, SampleUsers.PASSWORD)).isEqualTo("OK");
    return client;
  }

  @Test
  void refusesAllButALoginBeforeOne() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("PING")).isEqualTo(NOAUTH);
      assertThat(client.ask("GET", "a")).isEqualTo(NOAUTH);
      assertThat(client.ask("GET")).isEqualTo(NOAUTH);
      assertThat(client.ask("NONSENSE")).isEqualTo(NOAUTH);
      assertThat(client.ask("HELLO", 3)).startsWith("-NOAUTH HELLO must be called with the client");
      assertThat(client.ask("AUTH", "reader", "wrong")).isEqualTo(WRONGPASS);
      assertThat(client.ask("AUTH", "nobody", "wrong")).isEqualTo(WRONGPASS);
      assertThat(client.ask("AUTH", "former", SampleUsers.PASSWORD)).isEqualTo(WRONGPASS);
      assertThat(client.ask("AUTH", "a".repeat(65), "wrong")).isEqualTo(WRONGPASS);
      assertThat(client.ask("AUTH", "a", "b", "c")).isEqualTo("-ERR syntax error");
      assertThat(client.ask("GET", "a")).isEqualTo(NOAUTH);
      assertThat(client.ask("QUIT")).isEqualTo("OK");
    }
  }

  @Test
  void logsInByAuthAndByHello() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("AUTH", SampleUsers.PASSWORD)).isEqualTo("OK");
      assertThat(client.ask("GET", "a")).isEqualTo("nil");
    }
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("HELLO", 3, "AUTH", "admin", "wrong", "SETNAME", "me"))
          .isEqualTo(WRONGPASS);
      assertThat(client.ask("HELLO", 3, "AUTH", "admin", SampleUsers.PASSWORD, "SETNAME", "me"))
          .contains("'proto' 3");
      assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("'me'");
      assertThat(client.ask("CLIENT", "LIST")).contains(" user=admin ");
      assertThat(client.ask("AUTH", "reader", SampleUsers.PASSWORD)).isEqualTo("OK");
      assertThat(client.ask("CLIENT", "LIST"))
          .isEqualTo(
              "-NOPERM User reader has no permissions to run the 'client' command: needs=admin");
    }
  }

  @Test
  void takesCommandsThatWereSentWithALogin() {
    try (RespClient client = fixture.client()) {
      client.send("AUTH", "writer", SampleUsers.PASSWORD);
      client.send("SET", "k", "v");
      client.send("AUTH", "reader", "wrong");
      client.send("GET", "k");
      assertThat(client.read()).isEqualTo("OK");
      assertThat(client.read()).isEqualTo("OK");
      assertThat(client.read()).isEqualTo(WRONGPASS);
      assertThat(client.read()).isEqualTo("'v'");
    }
  }

  @Test
  void givesEachUserWhatItsRolesAllow() {
    try (RespClient reader = client("reader");
        RespClient clerk = client("clerk");
        RespClient writer = client("writer")) {
      assertThat(reader.ask("GET", "x")).isEqualTo("nil");
      assertThat(reader.ask("SET", "x", 1))
          .isEqualTo(
              "-NOPERM User reader has no permissions to run the 'set' command: needs=write,"
                  + " map=default");
      assertThat(writer.ask("CONFIG", "GET", "port")).startsWith("-NOPERM User writer");
      assertThat(clerk.ask("GRID.SET", "orders-1", "x", 1)).isEqualTo("OK");
      assertThat(clerk.ask("GRID.SET", "orders-1", "x", 1, "GET")).startsWith("-NOPERM");
      assertThat(clerk.ask("GRID.INCRBY", "orders-1", "x", 1)).startsWith("-NOPERM");
      assertThat(clerk.ask("GRID.GET", "orders-1", "x")).startsWith("-NOPERM");
      assertThat(clerk.ask("GRID.SET", "prices", "x", 1)).startsWith("-NOPERM");
      assertThat(clerk.ask("SET", "x", 1)).startsWith("-NOPERM");
      assertThat(clerk.ask("GRID.SCAN", "orders-1", 0)).startsWith("-NOPERM");
      assertThat(clerk.ask("FLUSHALL", "all")).contains("needs=write on every map");
      assertThat(writer.ask("SET", "x", 1, "GET")).isEqualTo("nil");
      assertThat(reader.ask("INFO", "keyspace")).contains("keys=");
      assertThat(clerk.ask("INFO", "keyspace")).doesNotContain("keys=");
      assertThat(writer.ask("FLUSHALL", "ALL")).isEqualTo("OK");
    }
  }

  @Test
  void letsStrangersSendNoMoreThanALogin() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("AUTH", "reader", "x".repeat(20_000)))
          .startsWith("-ERR Protocol error: bulk string is too large");
      assertThat(client.ask("AUTH", "writer", SampleUsers.PASSWORD)).isEqualTo("OK");
      assertThat(client.ask("SET", "large", "x".repeat(20_000))).isEqualTo("OK");
      assertThat(client.ask("DEL", "large")).isEqualTo("1");
    }
  }

  @Test
  void letsJedisIn() {
    HostAndPort node = new HostAndPort("127.0.0.1", fixture.server.port());
    DefaultJedisClientConfig known =
        DefaultJedisClientConfig.builder().user("writer").password(SampleUsers.PASSWORD).build();
    try (Jedis jedis = new Jedis(node, known)) {
      assertThat(jedis.set("jedis", "1")).isEqualTo("OK");
      assertThat(jedis.get("jedis")).isEqualTo("1");
    }
  }

  @Test
  void feelsChangesOfTheFileOnOpenConnections(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("users.conf"), SampleUsers.text());
    try (AccessDesk changing = SampleUsers.plain("file = \"" + file + "\"", "file-interval = 1ms");
        RespFixture other = RespFixture.knowing(changing);
        RespClient client = other.client()) {
      assertThat(client.ask("AUTH", "writer", SampleUsers.PASSWORD)).isEqualTo("OK");
      assertThat(client.ask("SET", "k", 1)).isEqualTo("OK");

      Files.writeString(file, SampleUsers.text().replace("roles = [write] }", "roles = [read] }"));
      awaitAnswer(client, "-NOPERM User writer has no permissions to run the 'set' command");
      assertThat(client.ask("GET", "k")).isEqualTo("'1'");

      Files.writeString(file, SampleUsers.text().replace("writer", "other"));
      awaitAnswer(client, NOAUTH);
    }
  }

  private static void awaitAnswer(RespClient client, String wanted) {
    while (!client.ask("SET", "k", 1).startsWith(wanted)) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void tellsTheAuditLogWhatWasRefusedAndWhatWasCleared() {
    try (AuditLines audit = new AuditLines();
        RespClient stranger = fixture.client();
        RespClient reader = client("reader");
        RespClient clerk = client("clerk")) {
      stranger.ask("GET", "secret-key");
      stranger.ask("AUTH", "clerk", "secret-password");
      reader.ask("GRID.SET", "cities", "secret-key", "secret-value");
      clerk.ask("GRID.CLEAR", "orders-9");

      assertThat(audit.all())
          .anyMatch(line -> says(line, "refusal", "\"who\":\"\"", "\"what\":\"get\"", "no login"))
          .anyMatch(line -> says(line, "refusal", "login, user=clerk", "wrong name or password"))
          .anyMatch(line -> says(line, "refusal", "\"reader\"", "grid.set, map=cities", "write"))
          .anyMatch(line -> says(line, "action", "\"clerk\"", "grid.clear, map=orders-9"))
          .noneMatch(line -> line.contains("secret-"));
    }
  }

  private static boolean says(String line, String... parts) {
    for (String part : parts) {
      if (!line.contains(part)) {
        return false;
      }
    }
    return true;
  }
}
