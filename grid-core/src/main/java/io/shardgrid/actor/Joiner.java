package io.shardgrid.actor;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Charter;
import io.shardgrid.link.ClusterSecret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * Brings this node into a cluster: founds one, or greets the seeds until one answers as a member
 * and joins through it. A node that hears no cluster gives up; it never founds a second one.
 *
 * <p>Stops when the node is Up or has given up. State is confined to this actor.
 */
final class Joiner extends AbstractBehavior<Joiner.Command> {

  /** What a joiner understands. */
  sealed interface Command {}

  /** A seed has answered. */
  record Greeted(Greeter.Greeting greeting) implements Command {}

  /** This node is Up. */
  record Up(SelfUp event) implements Command {}

  /** Time to greet the seeds again. */
  record Again() implements Command {}

  /** Time to give up. */
  record GiveUp() implements Command {}

  /**
   * How far the joining has come; both end with the same failure if it fails.
   *
   * @param charter what the cluster was founded with, known before this node is a member
   * @param up completes when this node is a member
   */
  record Progress(CompletableFuture<Charter> charter, CompletableFuture<Charter> up) {
    void fail(GridException failure) {
      charter.completeExceptionally(failure);
      up.completeExceptionally(failure);
    }
  }

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final MemberSettings settings;
  private final String self;
  private final Reach reach;
  private final Charter ownCharter;
  private final @Nullable Introduction introduction;
  private final Progress progress;
  private final ActorRef<Greeter.Greeting> greetings;
  private Charter charter;
  private boolean isJoining;
  private int answers;

  /**
   * What this node says of itself.
   *
   * @param self its cluster address
   * @param charter what it would found a cluster with
   * @param introduction how it shows that it knows the secret; null if it has none
   */
  record Applicant(String self, Charter charter, @Nullable Introduction introduction) {}

  static Behavior<Command> create(MemberSettings settings, Applicant applicant, Progress progress) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Joiner(context, timers, settings, applicant, progress)));
  }

  private Joiner(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      MemberSettings settings,
      Applicant applicant,
      Progress progress) {
    super(context);
    this.settings = settings;
    this.self = applicant.self();
    this.reach = new Reach(context.getSystem());
    this.ownCharter = applicant.charter();
    this.charter = ownCharter;
    this.introduction = applicant.introduction();
    this.progress = progress;
    this.greetings = context.messageAdapter(Greeter.Greeting.class, Greeted::new);
    Cluster cluster = Cluster.get(context.getSystem());
    cluster
        .subscriptions()
        .tell(new Subscribe<>(context.messageAdapter(SelfUp.class, Up::new), SelfUp.class));
    timers.startSingleTimer(new GiveUp(), settings.joinTimeout());
    if (settings.foundsCluster()) {
      isJoining = true;
      progress.charter().complete(ownCharter);
      cluster.manager().tell(new Join(cluster.selfMember().address()));
    } else {
      timers.startTimerWithFixedDelay(new Again(), Duration.ZERO, PAUSE);
    }
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Again.class, this::onAgain)
        .onMessage(Greeted.class, this::onGreeted)
        .onMessage(Up.class, this::onUp)
        .onMessage(GiveUp.class, this::onGiveUp)
        .build();
  }

  private Behavior<Command> onAgain(Again again) {
    if (isJoining) {
      return this;
    }
    for (String seed : settings.seeds()) {
      if (!seed.equals(self)) {
        greet(seed, introduction == null ? null : introduction.first());
      }
    }
    return this;
  }

  private void greet(String seed, Introduction.@Nullable Claim claim) {
    Long hashSeed =
        settings.hashSeed().isPresent() ? Long.valueOf(settings.hashSeed().getAsLong()) : null;
    reach
        .greeter(seed)
        .tell(
            new Greeter.Greet(
                seed,
                settings.cluster(),
                settings.shards(),
                settings.backups(),
                hashSeed,
                settings.maps().texts(),
                claim,
                greetings));
  }

  private Behavior<Command> onGreeted(Greeted greeted) {
    if (isJoining) {
      return this;
    }
    answers++;
    Greeter.Greeting greeting = greeted.greeting();
    String objection = greeting.objection();
    if (objection != null) {
      return fail(new GridConfigException(objection + ", seed=" + greeting.seed()));
    }
    Charter offered = greeting.charter();
    String challenge = greeting.challenge();
    if (offered == null) {
      if (challenge != null && introduction != null) {
        greet(greeting.seed(), introduction.second(greeting.seed(), challenge));
      }
      return this;
    }
    if (introduction != null && !isProven(introduction, greeting)) {
      return fail(
          new GridConfigException(
              "The cluster does not know the secret that this node has: key="
                  + ClusterSecret.KEY
                  + ", wanted=the same on all nodes, found=none or another one there, seed="
                  + greeting.seed()));
    }
    charter = offered;
    isJoining = true;
    progress.charter().complete(offered);
    Address seed = AddressFromURIString.parse("pekko://" + Reach.SYSTEM + "@" + greeting.seed());
    Cluster.get(getContext().getSystem()).manager().tell(new JoinSeedNodes(List.of(seed)));
    return this;
  }

  private static boolean isProven(Introduction introduction, Greeter.Greeting greeting) {
    String challenge = greeting.challenge();
    String proof = greeting.proof();
    return challenge != null
        && proof != null
        && introduction.isProof(greeting.seed(), challenge, proof);
  }

  private Behavior<Command> onUp(Up up) {
    progress.up().complete(charter);
    return Behaviors.stopped();
  }

  private Behavior<Command> onGiveUp(GiveUp giveUp) {
    String why =
        isJoining
            ? "The cluster did not take this node up in time: "
            : answers > 0
                ? "The seeds are in no cluster yet (one node must be started to found it): "
                : "No seed answers (is the address the cluster port of a running node, and"
                    + " grid.tls.enabled the same there, with certificates by the same authority?): ";
    return fail(
        new GridUnavailableException(
            why
                + "cluster="
                + ownCharter.cluster()
                + ", grid.seeds="
                + settings.seeds()
                + ", grid.join-timeout="
                + settings.joinTimeout().toMillis()
                + " ms"));
  }

  private Behavior<Command> fail(GridException failure) {
    progress.fail(failure);
    return Behaviors.stopped();
  }
}
