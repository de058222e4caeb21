package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Members write to each other's actors by name, and a node that starts may be written to before its
 * actors are there. What is sent later has to reach them, for ever: Artery's tables of compressed
 * names would have kept sending it to where nobody was.
 */
final class LateActorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LISTENING_NANOS = Duration.ofMillis(1500).toNanos();
  private static final int EARLY = 100;

  private final ActorTestKit here = ActorTestKit.create(Reach.SYSTEM, config());
  private final ActorTestKit there = ActorTestKit.create(Reach.SYSTEM, config());
  private final TestProbe<PeerWatch.Command> heard = there.createTestProbe();

  @AfterEach
  void stop() {
    here.shutdownTestKit();
    there.shutdownTestKit();
  }

  /** The engine's, with tables that would be told every tenth of a second, not every minute. */
  private static Config config() {
    Map<String, Object> own =
        Map.of(
            "pekko.remote.artery.canonical.hostname",
            "127.0.0.1",
            "pekko.remote.artery.canonical.port",
            0,
            "pekko.remote.artery.advanced.compression.actor-refs.advertisement-interval",
            "100ms",
            "pekko.cluster.roles",
            List.of("grid"));
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources("io/shardgrid/actor/engine.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  @Test
  void isReachedByNameAlthoughItWasWrittenToBeforeItCame() {
    spawn("known");
    hear("known", 0);
    for (int i = 0; i < EARLY; i++) {
      watch("late").tell(echo(i));
    }
    hear("known", 1); // all of these have come there, and nobody was there

    spawn("late");

    long beganNanos = System.nanoTime();
    for (int i = EARLY; System.nanoTime() - beganNanos < LISTENING_NANOS; i++) {
      hear("late", i);
    }
  }

  private void spawn(String name) {
    there.spawn(
        Behaviors.<PeerWatch.Command>receiveMessage(
            message -> {
              heard.ref().tell(message);
              return Behaviors.same();
            }),
        name);
  }

  private void hear(String name, long number) {
    watch(name).tell(echo(number));
    assertThat(heard.receiveMessage(PATIENCE)).isEqualTo(echo(number));
  }

  private ActorRef<PeerWatch.Command> watch(String name) {
    String address = Cluster.get(there.system()).selfMember().address().hostPort();
    return ActorRefResolver.get(here.system())
        .resolveActorRef("pekko://" + address + "/user/" + name);
  }

  private static PeerWatch.Echo echo(long number) {
    return new PeerWatch.Echo(new NodeId("127.0.0.1", 1, 1), number);
  }
}
