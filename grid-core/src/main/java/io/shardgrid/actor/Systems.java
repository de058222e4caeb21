package io.shardgrid.actor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.tls.LiveCredentials;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and ends actor systems. */
final class Systems {

  private static final Logger LOG = LoggerFactory.getLogger(Systems.class);

  private Systems() {}

  /**
   * Starts an actor system that listens for others.
   *
   * @param tls the certificates of its connections; null for connections without TLS
   */
  static ActorSystem<Spawner.Command> create(
      EngineSettings settings, int peerPort, @Nullable LiveCredentials tls) {
    MemberSettings member = settings.member();
    Map<String, Object> own = own(settings, peerPort);
    ActorSystemSetup setup = ActorSystemSetup.empty();
    if (tls != null) {
      own.put("pekko.remote.artery.transport", "tls-tcp");
      setup = setup.withSetup(SSLEngineProviderSetup.create(system -> new PeerEngines(tls)));
    }
    setup = setup.withSetup(BootstrapSetup.create(config(own)));
    try {
      return ActorSystem.create(Spawner.create(), Reach.SYSTEM, setup);
    } catch (RuntimeException e) {
      throw isUnbindable(e)
          ? new GridConfigException(
              "The port cannot be listened on, choose another one or 0 for any free one:"
                  + " key=grid.cluster-port, host="
                  + member.listenHost()
                  + ", port="
                  + member.clusterPort(),
              e)
          : e;
    }
  }

  private static Map<String, Object> own(EngineSettings settings, int peerPort) {
    MemberSettings member = settings.member();
    Map<String, Object> own = new HashMap<>();
    own.put("pekko.remote.artery.canonical.hostname", member.host());
    own.put("pekko.remote.artery.canonical.port", member.clusterPort());
    own.put("pekko.remote.artery.bind.hostname", member.listenHost());
    if (!member.outboundHost().isEmpty()) {
      own.put("pekko.remote.artery.advanced.tcp.outbound-client-hostname", member.outboundHost());
    }
    own.put(
        "pekko.cluster.roles",
        Membership.roles(member, peerPort, settings.respPort(), settings.httpPort()));
    own.put("grid-shard-dispatcher.pool-threads", member.shardThreads());
    return own;
  }

  /** The engine's own settings over Pekko's; nothing of the application's. */
  private static Config config(Map<String, Object> own) {
    ClassLoader loader = Systems.class.getClassLoader();
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources(loader, "io/shardgrid/actor/engine.conf"))
        .withFallback(ConfigFactory.defaultReference(loader))
        .resolve();
  }

  private static boolean isUnbindable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause instanceof UnresolvedAddressException) {
        return true;
      }
      String message = cause.getMessage();
      if (message != null && message.contains("Failed to bind")) {
        return true;
      }
    }
    return false;
  }

  static void awaitEnd(ActorSystem<?> system, Duration timeout) {
    await(system.getWhenTerminated(), timeout.plusSeconds(1));
  }

  /** Waits for an end, no longer than the timeout; what is not ended by then is logged. */
  static void await(CompletionStage<?> end, Duration timeout) {
    try {
      end.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.warn("The node did not stop in order", e.getCause());
    } catch (TimeoutException e) {
      LOG.warn("The node did not stop in order in time: timeout={}", timeout);
    }
  }

  static GridUnavailableException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new GridUnavailableException("Interrupted while the node was starting", e);
  }
}
