package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.GridSettings;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.Slot;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.net.EventLoops;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.RoutedMap;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes in one JVM, with a hand on their actor systems. */
final class NodeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Deque<Node> running = new ArrayDeque<>();
  private final EventLoops loops = EventLoops.start(1);

  @AfterEach
  void stop() {
    running.forEach(Node::closeNow);
    loops.close();
  }

  private Node start(GridSettings settings) {
    Node node = Node.start(settings.withJoinTimeout(PATIENCE).engine(), loops, null, List.of());
    running.push(node);
    return node;
  }

  private List<Node> three(GridSettings third) {
    Node a = start(GridSettings.reference().withName("a").withExpect(3));
    List<String> seeds = List.of(a.self().address());
    Node b = start(GridSettings.reference().withName("b").withSeeds(seeds));
    Node c = start(third.withName("c").withSeeds(seeds));
    for (Node node : List.of(a, b, c)) {
      node.ready().toCompletableFuture().join();
    }
    return List.of(a, b, c);
  }

  private static void expel(Node node, Node by) {
    Address address =
        AddressFromURIString.parse("pekko://" + Reach.SYSTEM + "@" + node.self().address());
    Cluster.get(by.engine().system()).manager().tell(new Down(address));
  }

  private static void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static AsyncMap<String, String> map(Node node) {
    return new RoutedMap<>("m", Codecs.string(), Codecs.string(), node.router(), Runnable::run);
  }

  @Test
  void joinsAgainAsANewMemberWhenItIsExpelled() {
    List<Node> nodes = three(GridSettings.reference());
    Node expelled = nodes.get(2);
    NodeId before = expelled.self();
    AsyncMap<String, String> map = map(expelled);
    int kept = keyOf(nodes.get(0), nodes.get(0).self());
    map.put("key-" + kept, "1").toCompletableFuture().join();
    expel(expelled, nodes.get(0));
    awaitThat(() -> !expelled.self().equals(before));
    awaitThat(() -> expelled.readiness().isReady());
    assertThat(map.get("key-" + kept).toCompletableFuture().join()).contains("1");
    assertThat(expelled.terminated().toCompletableFuture()).isNotDone();
  }

  /** It may have been made, and nobody knows: to make it again would be wrong. */
  @Test
  void triesAWriteOnceThatFailsInItsTurn() {
    Node node = start(GridSettings.reference().withName("a"));
    node.ready().toCompletableFuture().join();
    map(node).put("key", "1").toCompletableFuture().join();
    AtomicInteger attempts = new AtomicInteger();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Request request =
        new Request.PutAll(new BrokenKeys(attempts), List.of(new byte[1]), Expiry.NEVER);
    node.router().submit("m", 0, request, PATIENCE.toNanos(), outcome(answer));
    assertThat(answer.join())
        .isInstanceOfSatisfying(
            Answer.Failed.class, it -> assertThat(it.code()).isEqualTo(FailureCode.INTERNAL));
    assertThat(attempts).hasValue(1);
  }

  private static Outcome outcome(CompletableFuture<Answer> answer) {
    return new Outcome() {
      @Override
      public void resolved(Answer told) {
        answer.complete(told);
      }

      @Override
      public void failed(GridException failure) {
        answer.completeExceptionally(failure);
      }
    };
  }

  /** One key, whose length can be seen and which fails whoever wants to store it. */
  private static final class BrokenKeys extends AbstractList<byte[]> {
    private final AtomicInteger attempts;

    BrokenKeys(AtomicInteger attempts) {
      this.attempts = attempts;
    }

    @Override
    public byte[] get(int index) {
      attempts.incrementAndGet();
      throw new IllegalStateException("broken");
    }

    @Override
    public Iterator<byte[]> iterator() {
      return List.of(new byte[1]).iterator();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  void leavesNothingRunningWhenItsStartFails() throws Exception {
    Node first = start(GridSettings.reference().withName("a"));
    GridSettings hasty =
        GridSettings.reference()
            .withFounder(true)
            .withSeeds(List.of(first.self().address()))
            .withJoinTimeout(Duration.ofMillis(1));
    startUntilItFails(hasty);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertThat(thread.getName()).isNotEqualTo("grid-rejoin");
      if (thread.getName().equals("grid-start")) {
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
      }
    }
    assertThat(first.members()).hasSize(1);
  }

  /** A millisecond is seldom enough, but it may be: such a node is closed and started anew. */
  private void startUntilItFails(GridSettings hasty) {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        Node.start(hasty.engine(), loops, null, List.of()).closeNow();
      } catch (GridUnavailableException e) {
        return;
      }
    }
    throw new AssertionError("each of 20 nodes started within a millisecond");
  }

  /** The number of a key whose shard is on this node. */
  private static int keyOf(Node any, NodeId home) {
    int number = 0;
    while (true) {
      byte[] key = Codecs.string().encode("key-" + number);
      int shard = Slot.shardOf(Slot.of(key), any.router().shards());
      var entry = any.router().placement(shard);
      if (entry != null && home.equals(entry.primary())) {
        return number;
      }
      number++;
    }
  }

  @Test
  void stopsWhenItIsExpelledAndMayNotJoinAgain() throws Exception {
    List<Node> nodes = three(GridSettings.reference().with("rejoin", false));
    Node expelled = nodes.get(2);
    expel(expelled, nodes.get(0));
    assertThatThrownBy(
            () ->
                expelled
                    .terminated()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("expelled");
  }

  @Test
  void showsTheSeatOfAShardToActorsThatKnowItsNumberOnly() {
    List<Node> nodes = three(GridSettings.reference());
    Node asking = nodes.get(1);
    for (int shard : List.of(0, 100, 255)) {
      awaitThat(() -> isHome(asking, shard));
    }
  }

  private static boolean isHome(Node asking, int shard) {
    var seat =
        ClusterSharding.get(asking.engine().system())
            .entityRefFor(ShardSeat.TYPE, Integer.toString(shard));
    ShardSeat.Located located =
        AskPattern.<ShardSeat.Command, ShardSeat.Located>ask(
                seat, ShardSeat.Locate::new, PATIENCE, asking.engine().system().scheduler())
            .toCompletableFuture()
            .join();
    return located.isHome();
  }
}
