package io.shardgrid.actor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** The guardian of a node's actor system: starts the node's actors by name. */
final class Spawner extends AbstractBehavior<Spawner.Command> {

  /** What the guardian understands. */
  sealed interface Command {}

  /** Runs this within the guardian's turn. */
  record Spawn(Consumer<ActorContext<Command>> start) implements Command {}

  static Behavior<Command> create() {
    return Behaviors.setup(Spawner::new);
  }

  private Spawner(ActorContext<Command> context) {
    super(context);
  }

  /** Starts an actor and waits for it; not to be called by an actor. */
  static <T> ActorRef<T> spawn(ActorSystem<Command> system, Behavior<T> behavior, String name) {
    CompletableFuture<ActorRef<T>> spawned = new CompletableFuture<>();
    system.tell(
        new Spawn(
            guardian -> {
              try {
                spawned.complete(guardian.spawn(behavior, name));
              } catch (RuntimeException e) {
                spawned.completeExceptionally(e);
              }
            }));
    return spawned.join();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Spawn.class, this::onSpawn).build();
  }

  private Behavior<Command> onSpawn(Spawn spawn) {
    spawn.start().accept(getContext());
    return this;
  }
}
