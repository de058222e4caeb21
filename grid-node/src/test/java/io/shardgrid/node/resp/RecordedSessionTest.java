package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.shardgrid.client.GridClient;
import io.shardgrid.fuzz.Relay;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.access.InProcessGrid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Sessions of clients, which fuzzing begins with. */
@Timeout(60)
final class RecordedSessionTest {

  private RespFixture fixture;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    fixture = RespFixture.serving();
    relay = Relay.to(fixture.server.port());
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    fixture.close();
  }

  /** In proxy mode, in cluster mode, and as a stranger's. */
  private void keep(String name, String command) throws IOException {
    byte[] said = relay.fromClient();
    assertThat(new String(said, StandardCharsets.ISO_8859_1)).containsIgnoringCase(command);
    for (int mode = 0; mode < 3; mode++) {
      byte[] input = new byte[said.length + 1];
      input[0] = (byte) mode;
      System.arraycopy(said, 0, input, 1, said.length);
      Relay.record("SessionTarget", name + "-" + mode, input);
    }
  }

  @Test
  void isOneOfJedis() throws IOException {
    try (Jedis jedis = new Jedis("127.0.0.1", relay.port())) {
      jedis.set("city:1", "Oslo");
      jedis.get("city:1");
      jedis.incrBy("count", 5);
      jedis.mset("a", "1", "b", "2");
      jedis.mget("a", "b", "c");
      jedis.expire("a", 100);
      jedis.ttl("a");
      jedis.scan("0");
      jedis.del("a", "b");
      assertThat(jedis.exists("city:1")).isTrue();
    }
    keep("jedis", "incrby");
  }

  @Test
  void isOneOfLettuce() throws IOException {
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", relay.port()));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().set("k", "v");
      connection.sync().mset(Map.of("a", "1"));
      assertThat(connection.sync().getdel("k")).isEqualTo("v");
    } finally {
      client.shutdown();
    }
    keep("lettuce", "getdel");
  }

  @Test
  void isOneOfTheNativeClient() throws IOException {
    // Where the only member's clients are to go.
    fixture.grid.join(InProcessGrid.member(fixture.grid.self(), "a", relay.port()));
    try (GridClient client = GridClient.connect("127.0.0.1:" + relay.port())) {
      AsyncMap<String, String> map = client.map("m", Codecs.string(), Codecs.string());
      for (int i = 0; i < 5; i++) {
        map.put("key-" + i, "value").toCompletableFuture().join();
      }
      assertThat(map.get("key-3").toCompletableFuture().join()).contains("value");
      map.remove("key-4").toCompletableFuture().join();
    }
    keep("native", "grid.op");
  }
}
