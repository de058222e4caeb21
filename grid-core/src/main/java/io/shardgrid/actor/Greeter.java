package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MapsSettings;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Tells nodes that want to join what the cluster was founded with, before they join: so a node
 * whose settings differ never becomes a member, and learns which setting it is.
 *
 * <p>State: the charter once this node is a member, confined to this actor.
 */
final class Greeter extends AbstractBehavior<Greeter.Command> {

  /** What a greeter understands. */
  sealed interface Command {}

  /**
   * A node that wants to join says what it was set up with.
   *
   * @param seed the address under which it greets this node
   * @param hashSeed null if it has no wish
   * @param maps the settings of maps, as text by name
   */
  record Greet(
      String seed,
      String cluster,
      int shards,
      int backups,
      @Nullable Long hashSeed,
      Map<String, String> maps,
      ActorRef<Greeting> replyTo)
      implements Command, ControlMessage {}

  /** This node has become a member of the cluster with this charter. */
  record Joined(Charter charter) implements Command {}

  /**
   * The answer to a greeting.
   *
   * @param seed the address under which this node was greeted
   * @param charter of the cluster; null if this node is in none yet
   * @param objection what keeps the other from joining; null if nothing does
   */
  record Greeting(String seed, @Nullable Charter charter, @Nullable String objection)
      implements ControlMessage {}

  private final MapsSettings maps;
  private @Nullable Charter charter;

  static Behavior<Command> create(MapsSettings maps) {
    return Behaviors.setup(context -> new Greeter(context, maps));
  }

  private Greeter(ActorContext<Command> context, MapsSettings maps) {
    super(context);
    this.maps = maps;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Greet.class, this::onGreet)
        .onMessage(Joined.class, this::onJoined)
        .build();
  }

  private Behavior<Command> onGreet(Greet greet) {
    Charter known = charter;
    greet
        .replyTo()
        .tell(new Greeting(greet.seed(), known, known == null ? null : objection(known, greet)));
    return this;
  }

  private Behavior<Command> onJoined(Joined joined) {
    charter = joined.charter();
    return this;
  }

  private @Nullable String objection(Charter charter, Greet greet) {
    if (!charter.cluster().equals(greet.cluster())) {
      return differs("grid.cluster", charter.cluster(), greet.cluster());
    }
    if (charter.shards() != greet.shards()) {
      return differs("grid.shards", charter.shards(), greet.shards());
    }
    if (charter.backups() != greet.backups()) {
      return differs("grid.backups", charter.backups(), greet.backups());
    }
    OptionalLong wish =
        greet.hashSeed() == null ? OptionalLong.empty() : OptionalLong.of(greet.hashSeed());
    if (wish.isPresent() && wish.getAsLong() != charter.hashSeed()) {
      return differs("grid.hash-seed", charter.hashSeed(), wish.getAsLong());
    }
    String map = maps.differing(greet.maps());
    return map == null
        ? null
        : differs(
            "grid.maps." + map,
            maps.texts().getOrDefault(map, "no settings of its own"),
            greet.maps().getOrDefault(map, "no settings of its own"));
  }

  private static String differs(String key, Object wanted, Object found) {
    return "The cluster was founded with another setting: key="
        + key
        + ", wanted="
        + wanted
        + ", found="
        + found;
  }
}
