package io.shardgrid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.client.net.Login;
import io.shardgrid.failure.GridAccessException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of nodes that want to know who it is. */
@Timeout(30)
final class GridClientAccessTest {

  private final ScriptedGrid grid = ScriptedGrid.ofOneNode();
  private final ScriptedNode node = grid.node(0);

  @BeforeEach
  void beStrict() {
    node.manner = ScriptedNode.Manner.STRICT;
    node.password = "right";
  }

  @AfterEach
  void stop() {
    grid.close();
  }

  private ClientSettings settings() {
    return ClientSettings.load()
        .withSeeds(List.of(node.address()))
        .withConnectTimeout(Duration.ofSeconds(20));
  }

  private static void assertWorks(GridClient client) {
    AsyncMap<String, Long> map = client.map("m", Codecs.string(), Codecs.decimal());
    assertThat(map.increment("k", 1).toCompletableFuture().join()).isPositive();
  }

  @Test
  void connectsWithTheRightPassword() {
    try (GridClient client = GridClient.connect(settings().withUser("alice", "right"))) {
      assertWorks(client);
    }
  }

  @Test
  void saysAtOnceThatItIsNotLetIn() {
    long start = System.nanoTime();
    assertThatThrownBy(() -> GridClient.connect(settings().withUser("alice", "secret")))
        .isInstanceOf(GridAccessException.class)
        .hasMessageContainingAll(node.address(), "WRONGPASS")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> GridClient.connect(settings()))
        .isInstanceOf(GridAccessException.class)
        .hasMessageContainingAll("NOAUTH", "withUser");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void asksWhoItIsForEachConnection() {
    AtomicReference<String> password = new AtomicReference<>("right");
    AtomicInteger asked = new AtomicInteger();
    ClientSettings settings =
        settings()
            .withCredentials(
                () -> {
                  asked.incrementAndGet();
                  return new Login("alice", Objects.requireNonNull(password.get()));
                });
    try (GridClient client = GridClient.connect(settings)) {
      assertWorks(client);
      int before = asked.get();
      password.set("next");
      node.password = "next";
      node.cut();
      assertWorks(client);
      assertThat(asked.get()).isGreaterThan(before);
    }
  }

  @Test
  void saysWhyItDoesNotKnowWhoItIs() {
    ClientSettings settings =
        settings()
            .withConnectTimeout(Duration.ofMillis(300))
            .withCredentials(
                () -> {
                  throw new IllegalStateException("the vault is shut");
                });
    assertThatThrownBy(() -> GridClient.connect(settings))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("the vault is shut");
  }
}
