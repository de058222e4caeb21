package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Clients that people use get along with the server. */
@Timeout(60)
final class ClientLibraryTest {

  @Test
  void servesLettuce() {
    try (RespFixture fixture = RespFixture.serving()) {
      RedisClient client =
          RedisClient.create("redis://127.0.0.1:" + fixture.server.port() + "?clientName=smoke");
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        RedisCommands<String, String> commands = connection.sync();
        assertThat(commands.set("k", "v", SetArgs.Builder.ex(100).nx())).isEqualTo("OK");
        assertThat(commands.get("k")).isEqualTo("v");
        assertThat(commands.ttl("k")).isEqualTo(100);
        commands.mset(Map.of("a", "1", "b", "2"));
        assertThat(commands.incrby("a", 9)).isEqualTo(10);
        Set<String> keys = new TreeSet<>();
        ScanIterator.scan(commands).forEachRemaining(keys::add);
        assertThat(keys).containsExactly("a", "b", "k");
        assertThat(commands.info()).contains("shardgrid_version");
        assertThat(commands.command()).isNotEmpty();
      } finally {
        client.shutdown();
      }
    }
  }

  @Test
  void servesLettuceForClusters() {
    try (RespFixture fixture = RespFixture.serving("mode = cluster")) {
      RedisClusterClient client =
          RedisClusterClient.create("redis://127.0.0.1:" + fixture.server.port());
      try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
        connection.sync().set("foo", "1");
        connection.sync().set("bar", "2");
        assertThat(connection.sync().mget("foo", "bar")).hasSize(2);
        assertThat(connection.sync().dbsize()).isEqualTo(2);
      } finally {
        client.shutdown();
      }
    }
  }

  @Test
  void servesJedis() {
    try (RespFixture fixture = RespFixture.serving();
        Jedis jedis = new Jedis("127.0.0.1", fixture.server.port())) {
      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(jedis.set("k", "v", SetParams.setParams().px(50_000))).isEqualTo("OK");
      assertThat(jedis.get("k")).isEqualTo("v");
      assertThat(jedis.mget("k", "absent")).containsExactly("v", null);
      assertThat(jedis.getDel("k")).isEqualTo("v");
      assertThat(jedis.dbSize()).isZero();
      assertThat(jedis.scan("0").getResult()).isEmpty();
    }
  }
}
