package io.shardgrid.actor;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.Latency;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Owns this node's shard actors and is their side of the control lane: takes committed placements
 * and the authority's orders to them, and what they ask and report to the authority.
 *
 * <p>State: the seats in which this node acts, its weight, and who waits for a report, confined to
 * this actor; the table of shards does not change.
 */
final class ShardHost extends AbstractBehavior<ShardHost.Command> {

  /** Everything a host understands. */
  sealed interface Command {}

  /** The authority has committed entries. Acknowledged. */
  record PlacedBy(Placed placed, ActorRef<PlacementAuthority.Command> authority)
      implements Command, ControlMessage {}

  /** The authority wants a learner filled, by a shard that acts in this seat. */
  record CopyTo(int shard, long seat, NodeId target) implements Command, ControlMessage {}

  /** The authority wants a learner filled no more. */
  record CancelCopy(int shard, NodeId target) implements Command, ControlMessage {}

  /** The authority's last word on pauses, for its successors. */
  record RememberPause(PauseMark pause) implements Command, ControlMessage {}

  /** This node's share of the data is another one. */
  record Weigh(int weight) implements Command {}

  /** Asks for comparisons of these shards' backups with their primaries, and how they went. */
  record AskDigests(List<Integer> shards, ActorRef<Verification.Digests> replyTo)
      implements Command, ControlMessage {}

  /** Asks what this node holds. */
  record AskLoad(ActorRef<Load> replyTo) implements Command, ControlMessage {}

  /** A shard of this node asks for a change of its in-sync set. */
  record Ask(InSyncRequest request) implements Command {}

  /** A shard of this node acts in a new seat. */
  record Taken(PlacementEntry entry) implements Command {}

  /** A shard of this node fills a learner; how far that is. */
  record CopyMoved(Survey source, Survey.Filling filling) implements Command {}

  /** A shard of this node has handed its seat over. */
  record HandedOver(int shard, long seat, long pauseNanos) implements Command {}

  /** A shard's report, and how many operations it has taken since it was started. */
  record Reported(Survey survey, long operations) implements Command {}

  /** Time to tell the authority what the turns before have brought about. */
  record SendNews() implements Command {}

  /** Time passes. */
  record Tick() implements Command {}

  /**
   * What a node holds.
   *
   * @param entries of the shards in whose seats it acts
   * @param liveBytes of these entries
   * @param heldBytes live bytes of all its replicas
   * @param reservedBytes of all its replicas
   * @param operations that its shards have taken since it was started
   * @param latency how long operations of late took
   * @param uncommitted writes that wait for backups
   * @param weight its share of the data as it is now
   * @param stale what it has kept of shards although it is not in their in-sync sets
   */
  record Load(
      NodeId from,
      int weight,
      int primaries,
      int backups,
      int learners,
      long entries,
      long liveBytes,
      long heldBytes,
      long reservedBytes,
      long operations,
      Latency latency,
      long uncommitted,
      List<StaleCopy> stale)
      implements ControlMessage {

    /** Nothing is known of what the node holds. */
    static Load unknown(NodeId from) {
      return new Load(from, 0, 0, 0, 0, 0, 0, 0, 0, 0, Latency.UNKNOWN, 0, List.of());
    }

    private static Load of(
        NodeId from, int weight, long operations, Latency latency, Collection<Survey> surveys) {
      int primaries = 0;
      int backups = 0;
      int learners = 0;
      long entries = 0;
      long liveBytes = 0;
      long heldBytes = 0;
      long reservedBytes = 0;
      long uncommitted = 0;
      List<StaleCopy> stale = new ArrayList<>();
      for (Survey survey : surveys) {
        heldBytes += survey.liveBytes();
        reservedBytes += survey.reservedBytes();
        uncommitted += survey.uncommitted();
        switch (survey.role()) {
          case PRIMARY -> {
            primaries++;
            entries += survey.entries();
            liveBytes += survey.liveBytes();
          }
          case BACKUP -> backups++;
          case LEARNER -> learners++;
          case STALE -> stale.add(new StaleCopy(survey.shard(), survey.seat(), survey.sequence()));
          case NONE -> {}
        }
      }
      return new Load(
          from,
          weight,
          primaries,
          backups,
          learners,
          entries,
          liveBytes,
          heldBytes,
          reservedBytes,
          operations,
          latency,
          uncommitted,
          stale);
    }
  }

  /** What a shard was once: the seat that was followed last, and its last write. */
  record StaleCopy(int shard, long seat, long sequence) {}

  /**
   * What a host needs of the node around it.
   *
   * @param weight the node's share of the data at first
   * @param pace what its shards may send of copies
   * @param placed hears of what the authority has committed
   * @param taken hears of seats in which this node acts
   * @param surveyed hears of what all shards are, whoever has asked
   * @param tick time between two ticks of the shards
   */
  record Surroundings(
      NodeId self,
      int weight,
      ShardTable shards,
      CopyPace pace,
      Consumer<Placed> placed,
      Consumer<PlacementEntry> taken,
      Consumer<Collection<Survey>> surveyed,
      LongSupplier nanoClock,
      Duration tick) {}

  /** So many ticks apart the authority is told again in which seats this node acts. */
  private static final int REPORT_TICKS = 5;

  /** So many ticks apart the shards are asked how large they are. */
  private static final int BYTES_TICKS = 40;

  /** So many ticks apart the shards that this node is not named for have theirs. */
  private static final int OTHERS_TICKS = 4;

  private final Surroundings around;
  private final SurveyRound round;

  /** Shards whose primary this node is, or is to be. */
  private final Set<Integer> named = new TreeSet<>();

  private final Dispatches dispatches;
  private boolean isSendUnderWay;
  private @Nullable ActorRef<PlacementAuthority.Command> authority;
  private int authorityTerm;
  private int ticks;

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new ShardHost(context, timers, around)));
  }

  private ShardHost(
      ActorContext<Command> context, TimerScheduler<Command> timers, Surroundings around) {
    super(context);
    this.around = around;
    this.dispatches = new Dispatches(around.self(), around.weight(), around.pace());
    this.round =
        new SurveyRound(
            around.shards().count(),
            () -> around.shards().tellAll(new ShardActor.Report(context.getSelf())),
            around.surveyed());
    around.shards().spawn(context);
    timers.startTimerWithFixedDelay(new Tick(), around.tick());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Reported.class, this::onReported)
        .onMessage(PlacedBy.class, this::onPlacedBy)
        .onMessage(CopyTo.class, this::onCopyTo)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Taken.class, this::onTaken)
        .onMessage(CopyMoved.class, this::onCopyMoved)
        .onMessage(SendNews.class, this::onSendNews)
        .onMessage(AskLoad.class, this::onAskLoad)
        .onMessage(AskDigests.class, this::onAskDigests)
        .onMessage(HandedOver.class, this::onHandedOver)
        .onMessage(CancelCopy.class, this::onCancelCopy)
        .onMessage(RememberPause.class, this::onRememberPause)
        .onMessage(Weigh.class, this::onWeigh)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    ticks++;
    if (ticks % OTHERS_TICKS == 0) {
      around.shards().tickAll();
    } else {
      named.forEach(around.shards()::tick);
    }
    around.pace().adapt(around.nanoClock().getAsLong());
    if (ticks % BYTES_TICKS == 1 && dispatches.hasSeats()) {
      survey(dispatches::noteBytes);
    }
    if (ticks % REPORT_TICKS == 0) {
      tellAuthority(new PlacementAuthority.Reported(dispatches.all()));
    }
    return this;
  }

  private Behavior<Command> onPlacedBy(PlacedBy message) {
    Placed placed = message.placed();
    if (placed.term() < authorityTerm) {
      return this;
    }
    authorityTerm = placed.term();
    authority = message.authority();
    long highest = Epoch.NONE;
    for (PlacementEntry entry : placed.entries()) {
      around.shards().tell(entry.shard(), new ShardActor.Place(entry));
      if (around.self().equals(entry.primary())) {
        named.add(entry.shard());
      } else {
        named.remove(entry.shard());
      }
      dispatches.placed(entry);
      highest = Math.max(highest, entry.epoch());
    }
    around.placed().accept(placed);
    message
        .authority()
        .tell(new PlacementAuthority.PlacedAcknowledged(around.self(), placed.term(), highest));
    return this;
  }

  private Behavior<Command> onCopyTo(CopyTo copy) {
    around.shards().tell(copy.shard(), new ShardActor.CopyTo(copy.seat(), copy.target()));
    return this;
  }

  private Behavior<Command> onAsk(Ask ask) {
    dispatches.ask(ask.request());
    return sendSoon();
  }

  private Behavior<Command> onTaken(Taken taken) {
    dispatches.taken(taken.entry());
    around.taken().accept(taken.entry());
    return sendSoon();
  }

  private Behavior<Command> onCopyMoved(CopyMoved moved) {
    dispatches.copyMoved(moved.source(), moved.filling());
    return sendSoon();
  }

  private Behavior<Command> onHandedOver(HandedOver handover) {
    dispatches.handedOver(
        new NodeReport.Handover(handover.shard(), handover.seat(), handover.pauseNanos()));
    return sendSoon();
  }

  private Behavior<Command> onCancelCopy(CancelCopy cancel) {
    around.shards().tell(cancel.shard(), new ShardActor.CancelCopy(cancel.target()));
    return this;
  }

  private Behavior<Command> onRememberPause(RememberPause message) {
    dispatches.remember(message.pause());
    return this;
  }

  /** Said at once, and again with each report: so whoever becomes the authority learns of it. */
  private Behavior<Command> onWeigh(Weigh message) {
    dispatches.weigh(message.weight());
    tellAuthority(new PlacementAuthority.Reported(dispatches.all()));
    return this;
  }

  /** Behind all that waits already, so that it goes in one message. */
  private Behavior<Command> sendSoon() {
    if (!isSendUnderWay) {
      isSendUnderWay = true;
      getContext().getSelf().tell(new SendNews());
    }
    return this;
  }

  private Behavior<Command> onSendNews(SendNews send) {
    isSendUnderWay = false;
    NodeReport news = dispatches.takeNews();
    if (news != null) {
      tellAuthority(new PlacementAuthority.Reported(news));
    }
    List<InSyncRequest> requests = dispatches.takeRequests();
    if (!requests.isEmpty()) {
      tellAuthority(new PlacementAuthority.Requested(requests));
    }
    return this;
  }

  private void tellAuthority(PlacementAuthority.Command message) {
    ActorRef<PlacementAuthority.Command> known = authority;
    if (known != null) {
      known.tell(message);
    }
  }

  private Behavior<Command> onAskLoad(AskLoad ask) {
    return survey(
        surveys ->
            ask.replyTo()
                .tell(
                    Load.of(
                        around.self(),
                        dispatches.weight(),
                        round.operations(),
                        around.pace().latency(),
                        surveys)));
  }

  /** The backups compare first what they have got by now, or soon. */
  private Behavior<Command> onAskDigests(AskDigests ask) {
    Set<Integer> wanted = new TreeSet<>(ask.shards());
    wanted.removeIf(shard -> shard < 0 || shard >= around.shards().count());
    wanted.forEach(shard -> around.shards().tell(shard, ShardActor.Check.INSTANCE));
    return survey(
        surveys -> ask.replyTo().tell(Verification.Digests.of(around.self(), wanted, surveys)));
  }

  private Behavior<Command> survey(Consumer<Collection<Survey>> then) {
    if (!round.ask(then)) {
      getContext().getLog().warn("Too many ask at once what this node holds, one is not answered");
    }
    return this;
  }

  private Behavior<Command> onReported(Reported reported) {
    round.reported(reported.survey(), reported.operations());
    return this;
  }
}
