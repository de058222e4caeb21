package io.shardgrid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.key.NodeId;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against scripted nodes over real sockets on loopback. */
@Timeout(60)
final class GridClientTest {

  private static final String QUICK =
      """
      grid.client {
        connect-timeout = 5 s
        callback-threads = 2
        connection {
          attempt-timeout = 1 s, reconnect-min = 5 ms, reconnect-max = 50 ms
          ping-interval = 50 ms, silence-max = 250 ms
        }
      }
      """;

  private final ScriptedGrid grid = ScriptedGrid.ofOneNode();
  private final List<GridClient> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(GridClient::close);
    grid.close();
    assertThat(grid.faults()).isEmpty();
  }

  @Test
  void storesReadsAndRemoves() {
    AsyncMap<String, String> map = connect().map("towns", Codecs.string(), Codecs.string());
    assertThat(await(map.get("a"))).isEmpty();
    await(map.put("a", "Aachen"));
    assertThat(await(map.get("a"))).contains("Aachen");
    assertThat(await(map.remove("a"))).isTrue();
    assertThat(await(map.remove("a"))).isFalse();
  }

  @Test
  void pipelinesAHundredThousandOperationsInFewCommandsAndHasTheCallerWaitForRoom() {
    GridClient client = connect("route.when-full = wait", List.of(grid.node(0).address()));
    AsyncMap<Long, Long> map = client.map("squares", Codecs.decimal(), Codecs.decimal());
    int count = 100_000;
    List<CompletionStage<Void>> puts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      puts.add(map.put(i, i * i));
    }
    puts.forEach(GridClientTest::await);
    assertThat(await(map.get(count - 1L))).contains((count - 1L) * (count - 1L));
    assertThat(grid.executed()).isEqualTo(count + 1);
    assertThat(grid.node(0).commands.get()).isLessThan(count / 4);
  }

  @Test
  void keepsTheOrderOfOneKey() {
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    assertThat(increments(map, 10_000))
        .isEqualTo(LongStream.rangeClosed(1, 10_000).boxed().toList());
  }

  @Test
  void losesAndDoublesNothingWhenConnectionsBreak() {
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    List<Long> all = new ArrayList<>();
    for (int part = 0; part < 5; part++) {
      // Within the next operations, after one was carried out and before anybody was told.
      grid.node(0).cutAfter.set(grid.node(0).operations() + 700);
      all.addAll(increments(map, 2_000));
    }
    assertThat(all).isEqualTo(LongStream.rangeClosed(1, 10_000).boxed().toList());
    assertThat(grid.executed()).isEqualTo(10_000);
    assertThat(grid.node(0).accepted.get()).isGreaterThan(5);
  }

  @Test
  void followsAShardToAnotherNode() {
    ScriptedNode second = grid.join();
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      if (i % 500 == 250) {
        grid.place(i % 1000 == 250 ? second.id() : grid.node(0).id());
      }
      sums.add(map.increment("one", 1).toCompletableFuture());
    }
    assertThat(sums.stream().map(GridClientTest::await).toList())
        .isEqualTo(LongStream.rangeClosed(1, 2_000).boxed().toList());
  }

  @Test
  void connectsToANodeThatJoins() {
    GridClient client = connect();
    AsyncMap<String, String> map = client.map("towns", Codecs.string(), Codecs.string());
    await(map.put("a", "Aachen"));
    ScriptedNode second = grid.join();
    grid.place(second.id());
    grid.node(0).push();
    await(map.put("b", "Bonn"));
    assertThat(second.accepted.get()).isEqualTo(1);
    assertThat(client.topology()).isEqualTo(grid.topology());
  }

  @Test
  void reachesAMemberWithoutPortThroughAnotherOne() {
    NodeId embedded = grid.newNode();
    grid.addMember(embedded, 0);
    grid.place(embedded);
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    increments(map, 100);
    grid.node(0).cut();
    assertThat(increments(map, 100)).endsWith(200L);
  }

  @Test
  void comesBackWhenAllNodesWereGone() {
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    increments(map, 10);
    grid.node(0).stop();
    CompletionStage<Long> next = map.increment("one", 1);
    grid.node(0).start();
    assertThat(await(next)).isEqualTo(11);
  }

  @Test
  void findsTheClusterAgainByItsSeedsWhenAllMembersAreNew() {
    ScriptedNode seed = grid.node(0);
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    increments(map, 10);
    ScriptedNode second = grid.join();
    seed.manner = ScriptedNode.Manner.SILENT;
    grid.removeMember(seed.id());
    grid.place(second.id());
    seed.cut();
    CompletionStage<Long> next = map.increment("one", 1);
    seed.manner = ScriptedNode.Manner.ORDINARY;
    assertThat(await(next)).isEqualTo(11);
  }

  @Test
  void endsInAnUnknownOutcomeWhenANodeDoesNotAnswer() {
    AsyncMap<String, String> map = connect().map("towns", Codecs.string(), Codecs.string());
    grid.node(0).manner = ScriptedNode.Manner.DISCREET;
    assertThatThrownBy(() -> await(map.withTimeout(Duration.ofMillis(100)).put("a", "Aachen")))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContainingAll("map=towns", "PUT", "100 ms", "127.0.0.1");
  }

  @Test
  void makesTheConnectionToASilentNodeAnew() {
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    increments(map, 1);
    grid.node(0).manner = ScriptedNode.Manner.SILENT;
    CompletionStage<Long> next = map.increment("one", 1);
    int before = grid.node(0).accepted.get();
    awaitUntil(() -> grid.node(0).accepted.get() > before);
    grid.node(0).manner = ScriptedNode.Manner.ORDINARY;
    assertThat(await(next)).isEqualTo(2);
  }

  @Test
  void keepsAnIdleConnectionAlive() {
    connect();
    awaitUntil(() -> grid.node(0).pings.get() > 8);
    // The seed's own connection, and the member's.
    assertThat(grid.node(0).accepted.get()).isEqualTo(2);
  }

  @Test
  void timesOutWhenTheOwnerWasNeverConnected() throws IOException {
    NodeId gone = grid.newNode();
    try (ServerSocket closed = new ServerSocket(0)) {
      grid.addMember(gone, closed.getLocalPort());
    }
    grid.place(gone);
    AsyncMap<String, String> map = connect().map("towns", Codecs.string(), Codecs.string());
    assertThatThrownBy(() -> await(map.withTimeout(Duration.ofMillis(100)).put("a", "Aachen")))
        .isInstanceOf(GridTimeoutException.class)
        .hasMessageContainingAll("not connected", "nothing was done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GARBAGE", "CONFUSED"})
  void connectsAnewWhenANodeTalksNonsense(String manner) {
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    increments(map, 1);
    grid.node(0).manner = ScriptedNode.Manner.valueOf(manner);
    CompletionStage<Long> next = map.increment("one", 1);
    int before = grid.node(0).accepted.get();
    awaitUntil(() -> grid.node(0).accepted.get() > before);
    grid.node(0).manner = ScriptedNode.Manner.ORDINARY;
    assertThat(await(next)).isEqualTo(2);
  }

  @Test
  void namesWhatItTriedWhenNoNodeAnswers() throws IOException {
    String address;
    try (ServerSocket closed = new ServerSocket(0)) {
      address = "127.0.0.1:" + closed.getLocalPort();
    }
    assertThatThrownBy(() -> connect("connect-timeout = 200 ms", List.of(address, "no.invalid:1")))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContainingAll(address, "refused", "no.invalid:1", "200 ms");
  }

  @Test
  void takesTheFirstSeedThatAnswers() throws IOException {
    String address;
    try (ServerSocket closed = new ServerSocket(0)) {
      address = "127.0.0.1:" + closed.getLocalPort();
    }
    GridClient client = connect("", List.of(address, grid.node(0).address()));
    assertThat(client.topology()).isEqualTo(grid.topology());
  }

  @Test
  void saysThatAServerIsNoShardgridNode() {
    grid.node(0).manner = ScriptedNode.Manner.REDIS;
    assertThatThrownBy(() -> connect("connect-timeout = 200 ms", List.of(grid.node(0).address())))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContainingAll(grid.node(0).address(), "no Shardgrid node", "unknown command");
  }

  @Test
  void saysThatAServerSpeaksAnotherVersion() {
    grid.node(0).manner = ScriptedNode.Manner.NEWER;
    assertThatThrownBy(() -> connect("connect-timeout = 200 ms", List.of(grid.node(0).address())))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContainingAll("refused the handshake", "wire versions differ");
  }

  @Test
  void saysThatAServerDoesNotAnswerTheHandshake() {
    grid.node(0).manner = ScriptedNode.Manner.SILENT;
    assertThatThrownBy(
            () ->
                connect(
                    "connect-timeout = 400 ms, connection.attempt-timeout = 100 ms",
                    List.of(grid.node(0).address())))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("attempt-timeout=100 ms");
  }

  @Test
  void refusesAnAddressThatDoesNotParse() {
    assertThatThrownBy(() -> GridClient.connect("localhost"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("host:port", "localhost");
  }

  @Test
  void endsEveryFutureWhenItIsClosed() {
    GridClient client = connect();
    AsyncMap<String, String> map = client.map("towns", Codecs.string(), Codecs.string());
    grid.node(0).manner = ScriptedNode.Manner.SILENT;
    List<CompletableFuture<?>> open = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      open.add(map.put("key" + i, "value").toCompletableFuture());
    }
    client.close();
    for (CompletableFuture<?> future : open) {
      assertThatThrownBy(() -> await(future)).isInstanceOf(GridException.class);
    }
    assertThatThrownBy(() -> await(map.get("a")))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("closed");
    client.close();
    awaitUntil(() -> threads().isEmpty());
  }

  @Test
  void neverRunsCodeOfUsersOnAnEventLoop() {
    AsyncMap<String, Long> map = connect().map("counters", Codecs.string(), Codecs.decimal());
    String self = Thread.currentThread().getName();
    for (int i = 0; i < 1_000; i++) {
      String thread =
          await(map.increment("one", 1).thenApply(sum -> Thread.currentThread().getName()));
      assertThat(thread).matches(name -> name.equals(self) || name.contains("-callback-"));
    }
  }

  @Test
  void refusesAMapNameThatIsTooLong() {
    GridClient client = connect();
    assertThatThrownBy(() -> client.map("m".repeat(256), Codecs.string(), Codecs.string()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("255");
  }

  private GridClient connect() {
    return connect("", List.of(grid.node(0).address()));
  }

  private GridClient connect(String settings, List<String> seeds) {
    var config =
        ConfigFactory.parseString("grid.client { " + settings + " }")
            .withFallback(ConfigFactory.parseString(QUICK));
    GridClient client = GridClient.connect(ClientSettings.from(config).withSeeds(seeds));
    opened.add(client);
    return client;
  }

  private static List<Long> increments(AsyncMap<String, Long> map, int count) {
    List<CompletionStage<Long>> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sums.add(map.increment("one", 1));
    }
    return sums.stream().map(GridClientTest::await).toList();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("grid-client-"))
        .toList();
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GridException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (Exception e) {
      throw new AssertionError("does not end", e);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void awaitUntil(Condition condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("bounded wait").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
