package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Finds the actors that every member has under a fixed name, whether or not the member is known to
 * the cluster yet. Thread-safe.
 */
final class Reach {

  /** The name of every member's actor system: clusters are told apart by the greeting. */
  static final String SYSTEM = "shardgrid";

  static final String HOST = "grid-host";
  static final String REGISTER = "grid-register";
  static final String GREETER = "grid-greeter";
  static final String WATCH = "grid-watch";
  static final String STEWARD = "grid-steward";
  static final String OBSERVER = "grid-observer";

  private final ActorRefResolver resolver;

  Reach(ActorSystem<?> system) {
    this.resolver = ActorRefResolver.get(system);
  }

  ActorRef<ShardHost.Command> host(NodeId node) {
    return resolver.resolveActorRef(path(node.address(), HOST));
  }

  ActorRef<RegisterActor.Command> register(NodeId node) {
    return resolver.resolveActorRef(path(node.address(), REGISTER));
  }

  ActorRef<PeerWatch.Command> watch(NodeId node) {
    return resolver.resolveActorRef(path(node.address(), WATCH));
  }

  ActorRef<Steward.Command> steward(NodeId node) {
    return resolver.resolveActorRef(path(node.address(), STEWARD));
  }

  ActorRef<NodeObserver.Command> observer(NodeId node) {
    return resolver.resolveActorRef(path(node.address(), OBSERVER));
  }

  ActorRef<Greeter.Command> greeter(String address) {
    return resolver.resolveActorRef(path(address, GREETER));
  }

  private static String path(String address, String name) {
    return "pekko://" + SYSTEM + "@" + address + "/user/" + name;
  }
}
