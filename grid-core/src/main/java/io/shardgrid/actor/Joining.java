package io.shardgrid.actor;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.ClusterSecret;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** A node's way into its cluster, as its starting thread sees it. Confined to that thread. */
final class Joining {

  private final ActorRef<Greeter.Command> greeter;
  private final Joiner.Progress progress;
  private final Charter charter;

  private Joining(ActorRef<Greeter.Command> greeter, Joiner.Progress progress) {
    this.greeter = greeter;
    this.progress = progress;
    this.charter = await(progress.charter());
  }

  /** Starts what joining needs, and waits until it is known what the cluster was founded with. */
  static Joining begin(
      ActorSystem<Spawner.Command> system,
      MemberSettings settings,
      @Nullable ClusterSecret secret,
      NodeId self) {
    Introduction introduction =
        secret == null ? null : new Introduction(secret, settings.cluster());
    Charter own =
        new Charter(
            settings.cluster(),
            settings.shards(),
            settings.backups(),
            settings.hashSeed().orElseGet(new SecureRandom()::nextLong));
    var greeter =
        Spawner.spawn(system, Greeter.create(settings.maps(), introduction), Reach.GREETER);
    Spawner.spawn(system, RegisterActor.create(self), Reach.REGISTER);
    Joiner.Progress progress =
        new Joiner.Progress(new CompletableFuture<>(), new CompletableFuture<>());
    Joiner.Applicant applicant = new Joiner.Applicant(self.address(), own, introduction);
    Spawner.spawn(system, Joiner.create(settings, applicant, progress), "grid-joiner");
    return new Joining(greeter, progress);
  }

  Charter charter() {
    return charter;
  }

  /** Waits until this node is a member; from then on it greets others. */
  void awaitUp() {
    await(progress.up());
    greeter.tell(new Greeter.Joined(charter));
  }

  private static <T> T await(CompletableFuture<T> step) {
    try {
      return step.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof GridException failure) {
        throw failure;
      }
      throw new GridUnavailableException("The node could not join: cause=" + e.getCause(), e);
    }
  }
}
