package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.key.Seldom;
import io.shardgrid.link.ClusterSecret;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells nodes that want to join what the cluster was founded with, before they join: so a node
 * whose settings differ never becomes a member, and learns which setting it is. In a cluster with a
 * secret it is told nothing until it has shown that it knows the secret.
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
   * @param claim what it says of the secret; null if it has none
   */
  record Greet(
      String seed,
      String cluster,
      int shards,
      int backups,
      @Nullable Long hashSeed,
      Map<String, String> maps,
      Introduction.@Nullable Claim claim,
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
   * @param challenge what the other has to answer before it is told more; null if nothing
   * @param proof that this node knows the secret, after the other has shown that it does; else null
   */
  record Greeting(
      String seed,
      @Nullable Charter charter,
      @Nullable String objection,
      @Nullable String challenge,
      @Nullable String proof)
      implements ControlMessage {}

  private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

  private final MapsSettings maps;
  private final @Nullable Introduction introduction;
  private final Seldom refusals = new Seldom();
  private @Nullable Charter charter;

  /**
   * A greeter of a node that is no member yet.
   *
   * @param introduction how others show that they know the secret; null if there is none
   */
  static Behavior<Command> create(MapsSettings maps, @Nullable Introduction introduction) {
    return Behaviors.setup(context -> new Greeter(context, maps, introduction));
  }

  private Greeter(
      ActorContext<Command> context, MapsSettings maps, @Nullable Introduction introduction) {
    super(context);
    this.maps = maps;
    this.introduction = introduction;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Greet.class, this::onGreet)
        .onMessage(Joined.class, this::onJoined)
        .build();
  }

  private Behavior<Command> onGreet(Greet greet) {
    greet.replyTo().tell(greeting(greet));
    return this;
  }

  private Greeting greeting(Greet greet) {
    Charter known = charter;
    if (known == null) {
      return new Greeting(greet.seed(), null, null, null, null);
    }
    Introduction own = introduction;
    if (own == null || !known.cluster().equals(greet.cluster())) {
      return new Greeting(greet.seed(), known, objection(known, greet), null, null);
    }
    Introduction.Claim claim = greet.claim();
    if (claim == null) {
      return refusal(greet, "none");
    }
    if (claim.proof() == null) {
      return new Greeting(greet.seed(), null, null, own.challenge(claim.nonce()), null);
    }
    return own.isProven(greet.seed(), claim)
        ? new Greeting(
            greet.seed(),
            known,
            objection(known, greet),
            claim.challenge(),
            own.answer(greet.seed(), claim))
        : refusal(greet, "another one");
  }

  private Greeting refusal(Greet greet, String found) {
    long count = refusals.due(System.nanoTime());
    if (count > 0) {
      LOG.warn(
          "A node was refused, it does not know the secret of the cluster: key={}, found={}, from={},"
              + " times={}",
          ClusterSecret.KEY,
          found,
          greet.replyTo().path().address(),
          count);
    }
    String objection =
        "The cluster has a secret that this node does not know: key="
            + ClusterSecret.KEY
            + ", wanted=that of the cluster, found="
            + found;
    return new Greeting(greet.seed(), null, objection, null, null);
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
