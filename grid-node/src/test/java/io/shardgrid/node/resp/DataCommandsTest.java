package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about entries, over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DataCommandsTest {

  private static final String NOT_AN_INTEGER = "-ERR value is not an integer or out of range";

  private RespFixture fixture;
  private RespClient client;

  @BeforeAll
  void start() {
    fixture = RespFixture.serving();
    client = fixture.client();
  }

  @AfterAll
  void stop() {
    client.close();
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.grid.failWith(null);
    assertThat(client.ask("FLUSHALL")).isEqualTo("OK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void storesAndReads(String version) {
    try (RespClient other = fixture.client()) {
      other.ask("HELLO", version);
      assertThat(other.ask("GET", "k")).isEqualTo("nil");
      assertThat(other.ask("SET", "k", "v")).isEqualTo("OK");
      assertThat(other.ask("get", "k")).isEqualTo("'v'");
      assertThat(other.ask("SET", "k", "w", "NX")).isEqualTo("nil");
      assertThat(other.ask("SET", "k", "w", "XX", "GET")).isEqualTo("'v'");
      assertThat(other.ask("SET", "n", "w", "XX")).isEqualTo("nil");
      assertThat(other.ask("SET", "n", "w", "NX", "GET")).isEqualTo("nil");
      assertThat(other.ask("MGET", "k", "absent", "n", "k")).isEqualTo("['w' nil 'w' 'w']");
      assertThat(other.ask("GETDEL", "k")).isEqualTo("'w'");
      assertThat(other.ask("GETDEL", "k")).isEqualTo("nil");
    }
  }

  @Test
  void setsTimesToLive() {
    assertThat(client.ask("SET", "k", "v", "EX", 100)).isEqualTo("OK");
    assertThat(client.ask("TTL", "k")).isEqualTo("100");
    assertThat(client.ask("SET", "k", "w", "KEEPTTL")).isEqualTo("OK");
    assertThat(client.ask("TTL", "k")).isEqualTo("100");
    assertThat(client.ask("SET", "k", "w", "PX", 5000)).isEqualTo("OK");
    assertThat(Long.parseLong(client.ask("PTTL", "k"))).isBetween(1L, 5000L);
    long later = System.currentTimeMillis() / 1000 + 1000;
    assertThat(client.ask("SET", "k", "w", "EXAT", later)).isEqualTo("OK");
    assertThat(Long.parseLong(client.ask("TTL", "k"))).isBetween(900L, 1001L);
    assertThat(client.ask("SET", "k", "w", "PXAT", later * 1000)).isEqualTo("OK");
    assertThat(Long.parseLong(client.ask("TTL", "k"))).isBetween(900L, 1001L);
    assertThat(client.ask("PERSIST", "k")).isEqualTo("1");
    assertThat(client.ask("PERSIST", "k")).isEqualTo("0");
    assertThat(client.ask("TTL", "k")).isEqualTo("-1");
    assertThat(client.ask("TTL", "absent")).isEqualTo("-2");
    assertThat(client.ask("PTTL", "absent")).isEqualTo("-2");
    assertThat(client.ask("EXPIRE", "k", 50)).isEqualTo("1");
    assertThat(client.ask("TTL", "k")).isEqualTo("50");
    assertThat(client.ask("PEXPIRE", "k", 70_000)).isEqualTo("1");
    assertThat(client.ask("TTL", "k")).isEqualTo("70");
    assertThat(client.ask("EXPIRE", "absent", 50)).isEqualTo("0");
    assertThat(client.ask("EXPIRE", "k", -1)).isEqualTo("1");
    assertThat(client.ask("EXISTS", "k")).isEqualTo("0");
  }

  @Test
  void readsAndSetsTimesToLive() {
    client.ask("SET", "k", "v");
    assertThat(client.ask("GETEX", "k")).isEqualTo("'v'");
    assertThat(client.ask("TTL", "k")).isEqualTo("-1");
    assertThat(client.ask("GETEX", "k", "EX", 10)).isEqualTo("'v'");
    assertThat(client.ask("TTL", "k")).isEqualTo("10");
    assertThat(client.ask("GETEX", "k", "PERSIST")).isEqualTo("'v'");
    assertThat(client.ask("TTL", "k")).isEqualTo("-1");
    assertThat(client.ask("GETEX", "k", "EX")).isEqualTo("-ERR syntax error");
    assertThat(client.ask("GETEX", "absent", "PX", 10)).isEqualTo("nil");
  }

  @Test
  void refusesWrongTimes() {
    assertThat(client.ask("SET", "k", "v", "EX", 0))
        .isEqualTo("-ERR invalid expire time in 'set' command");
    assertThat(client.ask("SET", "k", "v", "EX", Long.MAX_VALUE))
        .isEqualTo("-ERR invalid expire time in 'set' command");
    assertThat(client.ask("SET", "k", "v", "EX", "x")).isEqualTo(NOT_AN_INTEGER);
    assertThat(client.ask("SET", "k", "v", "EX")).isEqualTo("-ERR syntax error");
    assertThat(client.ask("SET", "k", "v", "EX", 1, "PX", 1)).isEqualTo("-ERR syntax error");
    assertThat(client.ask("SET", "k", "v", "NX", "XX")).isEqualTo("-ERR syntax error");
    assertThat(client.ask("SET", "k", "v", "NOW")).isEqualTo("-ERR syntax error");
    assertThat(client.ask("EXPIRE", "k", Long.MAX_VALUE))
        .isEqualTo("-ERR invalid expire time in 'expire' command");
    assertThat(client.ask("PEXPIRE", "k", Long.MAX_VALUE))
        .isEqualTo("-ERR invalid expire time in 'pexpire' command");
    assertThat(client.ask("EXPIRE", "k", 10, "NX")).isEqualTo("-ERR Unsupported option NX");
    assertThat(client.ask("EXISTS", "k")).isEqualTo("0");
  }

  @Test
  void countsUpAndDown() {
    assertThat(client.ask("INCR", "n")).isEqualTo("1");
    assertThat(client.ask("INCRBY", "n", 41)).isEqualTo("42");
    assertThat(client.ask("DECR", "n")).isEqualTo("41");
    assertThat(client.ask("DECRBY", "n", 50)).isEqualTo("-9");
    assertThat(client.ask("GET", "n")).isEqualTo("'-9'");
    assertThat(client.ask("INCRBY", "n", "1x")).isEqualTo(NOT_AN_INTEGER);
    assertThat(client.ask("DECRBY", "n", Long.MIN_VALUE))
        .isEqualTo("-ERR decrement would overflow");
    client.ask("SET", "n", "text");
    assertThat(client.ask("INCR", "n")).isEqualTo(NOT_AN_INTEGER);
    client.ask("SET", "n", Long.MAX_VALUE);
    assertThat(client.ask("INCR", "n")).isEqualTo(NOT_AN_INTEGER);
  }

  @Test
  void changesAndMeasuresStrings() {
    assertThat(client.ask("APPEND", "k", "ab")).isEqualTo("2");
    assertThat(client.ask("APPEND", "k", "cd")).isEqualTo("4");
    assertThat(client.ask("STRLEN", "k")).isEqualTo("4");
    assertThat(client.ask("STRLEN", "absent")).isEqualTo("0");
    assertThat(client.ask("TYPE", "k")).isEqualTo("string");
    assertThat(client.ask("TYPE", "absent")).isEqualTo("none");
    assertThat(client.ask("SETNX", "k", "v")).isEqualTo("0");
    assertThat(client.ask("SETNX", "other", "v")).isEqualTo("1");
  }

  @Test
  void treatsSeveralKeysAtOnce() {
    assertThat(client.ask("MSET", "a", 1, "b", 2, "c", 3, "a", 4)).isEqualTo("OK");
    assertThat(client.ask("MGET", "a", "b", "c")).isEqualTo("['4' '2' '3']");
    assertThat(client.ask("EXISTS", "a", "a", "b", "x")).isEqualTo("3");
    assertThat(client.ask("DBSIZE")).isEqualTo("3");
    assertThat(client.ask("DEL", "a", "b", "x")).isEqualTo("2");
    assertThat(client.ask("UNLINK", "c")).isEqualTo("1");
    assertThat(client.ask("DEL", "c")).isEqualTo("0");
    assertThat(client.ask("MSET", "a", 1, "b"))
        .isEqualTo("-ERR wrong number of arguments for 'mset' command");
  }

  @Test
  void scansTheWholeMap() {
    Set<String> expected = new TreeSet<>();
    for (int key = 0; key < 200; key++) {
      client.ask("SET", "key" + key, key);
      expected.add("key" + key);
    }
    assertThat(scan("COUNT", "7")).isEqualTo(expected);
    assertThat(scan("MATCH", "key1?", "COUNT", "50")).hasSize(10);
    assertThat(scan("TYPE", "string")).isEqualTo(expected);
    assertThat(scan("TYPE", "hash")).isEmpty();
    assertThat(client.ask("SCAN", "x")).isEqualTo("-ERR invalid cursor");
    assertThat(client.ask("SCAN", 1L << 62)).isEqualTo("-ERR invalid cursor");
    assertThat(client.ask("SCAN", 0, "COUNT", 0)).isEqualTo("-ERR syntax error");
    assertThat(client.ask("SCAN", 0, "COUNT")).isEqualTo("-ERR syntax error");
    assertThat(client.ask("FLUSHALL", "ASYNC")).isEqualTo("OK");
    assertThat(client.ask("SCAN", 0)).isEqualTo("['0' []]");
  }

  private Set<String> scan(String... options) {
    Set<String> keys = new TreeSet<>();
    String cursor = "0";
    do {
      Object[] args = new Object[2 + options.length];
      args[0] = "SCAN";
      args[1] = cursor;
      System.arraycopy(options, 0, args, 2, options.length);
      Matcher reply = Pattern.compile("\\['(\\d+)' \\[(.*)]]").matcher(client.ask(args));
      assertThat(reply.matches()).isTrue();
      cursor = reply.group(1);
      for (String key : reply.group(2).split(" ")) {
        if (!key.isEmpty()) {
          keys.add(key.replace("'", ""));
        }
      }
    } while (!cursor.equals("0"));
    return keys;
  }

  @Test
  void keepsNamedMapsApart() {
    assertThat(client.ask("GRID.SET", "m", "k", "v", "PX", 90_000)).isEqualTo("OK");
    assertThat(client.ask("GRID.SET", "m", "k", "w", "NX")).isEqualTo("nil");
    assertThat(client.ask("GRID.GET", "m", "k")).isEqualTo("'v'");
    assertThat(client.ask("GRID.TTL", "m", "k")).isEqualTo("90");
    assertThat(client.ask("GRID.EXPIRE", "m", "k", 20)).isEqualTo("1");
    assertThat(client.ask("GRID.PERSIST", "m", "k")).isEqualTo("1");
    assertThat(client.ask("GRID.INCRBY", "m", "n", 5)).isEqualTo("5");
    assertThat(client.ask("GRID.EXISTS", "m", "k", "n", "x")).isEqualTo("2");
    assertThat(client.ask("GRID.SIZE", "m")).isEqualTo("2");
    assertThat(client.ask("GRID.SCAN", "m", 0, "MATCH", "k")).isEqualTo("['0' ['k']]");
    assertThat(client.ask("GET", "k")).isEqualTo("nil");
    assertThat(client.ask("GRID.GET", "other", "k")).isEqualTo("nil");
    assertThat(client.ask("GRID.DEL", "m", "k")).isEqualTo("1");
    assertThat(client.ask("FLUSHALL")).isEqualTo("OK");
    assertThat(client.ask("GRID.SIZE", "m")).isEqualTo("1");
    assertThat(client.ask("GRID.CLEAR", "m")).isEqualTo("OK");
    assertThat(client.ask("GRID.SIZE", "m")).isEqualTo("0");
    assertThat(client.ask("GRID.GET", "", "k")).startsWith("-ERR name of a map is empty");
    assertThat(client.ask("GRID.SET", "m", "k", "v")).isEqualTo("OK");
    assertThat(client.ask("SET", "k", "v")).isEqualTo("OK");
    assertThat(client.ask("FLUSHALL", "ALL")).isEqualTo("OK");
    assertThat(client.ask("GRID.SIZE", "m")).isEqualTo("0");
    assertThat(client.ask("DBSIZE")).isEqualTo("0");
  }

  @Test
  void checksNumbersOfArguments() {
    assertThat(client.ask("GET")).isEqualTo("-ERR wrong number of arguments for 'get' command");
    assertThat(client.ask("GET", "a", "b"))
        .isEqualTo("-ERR wrong number of arguments for 'get' command");
    assertThat(client.ask("GRID.GET", "m"))
        .isEqualTo("-ERR wrong number of arguments for 'grid.get' command");
    assertThat(client.ask("LPUSH", "a", "b"))
        .isEqualTo("-ERR unknown command 'LPUSH', with args beginning with: 'a' 'b' ");
  }

  @Test
  void saysWhatTheGridFails() {
    fixture.grid.failWith(FailureCode.MEMORY_EXCEEDED);
    assertThat(client.ask("SET", "k", "v")).startsWith("-OOM command not allowed");
    fixture.grid.failWith(FailureCode.SHARD_LOST);
    assertThat(client.ask("GET", "k")).startsWith("-CLUSTERDOWN ");
    assertThat(client.ask("MGET", "k", "l")).startsWith("-CLUSTERDOWN ");
    fixture.grid.failWith(FailureCode.UNAVAILABLE);
    assertThat(client.ask("SCAN", 0)).startsWith("-CLUSTERDOWN ");
    fixture.grid.failWith(FailureCode.OVERLOADED);
    assertThat(client.ask("GET", "k")).startsWith("-ERR overloaded: ");
    fixture.grid.failWith(FailureCode.INTERNAL);
    assertThat(client.ask("DBSIZE")).startsWith("-ERR outcome unknown: ");
  }
}
