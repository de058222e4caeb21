package io.shardgrid.actor;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.placement.NodeReport;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.Placed;
import io.shardgrid.shard.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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
 * <p>State: the seats in which this node acts and who waits for a report, confined to this actor;
 * the table of shards does not change.
 */
final class ShardHost extends AbstractBehavior<ShardHost.Command> {

  /** Everything a host understands. */
  sealed interface Command {}

  /** The authority has committed entries. Acknowledged. */
  record PlacedBy(Placed placed, ActorRef<PlacementAuthority.Command> authority)
      implements Command, ControlMessage {}

  /** The authority wants a learner filled, by a shard that acts in this seat. */
  record CopyTo(int shard, long seat, NodeId target) implements Command, ControlMessage {}

  /** Asks what this node holds. */
  record AskLoad(ActorRef<Load> replyTo) implements Command, ControlMessage {}

  /** A shard of this node asks for a change of its in-sync set. */
  record Ask(InSyncRequest request) implements Command {}

  /** A shard of this node acts in a new seat. */
  record Taken(PlacementEntry entry) implements Command {}

  /** A shard of this node fills a learner; how far that is. */
  record CopyMoved(Survey source, Survey.Filling filling) implements Command {}

  /** A shard's report. */
  record Reported(Survey survey) implements Command {}

  /** Time to tell the authority what the turns before have brought about. */
  record SendNews() implements Command {}

  /** Time passes. */
  record Tick() implements Command {}

  /**
   * What a node holds.
   *
   * @param entries of the shards in whose seats it acts
   * @param liveBytes of these entries
   * @param reservedBytes of all its replicas
   * @param stale what it has kept of shards although it is not in their in-sync sets
   */
  record Load(
      NodeId from,
      int primaries,
      int backups,
      int learners,
      long entries,
      long liveBytes,
      long reservedBytes,
      List<StaleCopy> stale)
      implements ControlMessage {

    /** Nothing is known of what the node holds. */
    static Load unknown(NodeId from) {
      return new Load(from, 0, 0, 0, 0, 0, 0, List.of());
    }
  }

  /** What a shard was once: the seat that was followed last, and its last write. */
  record StaleCopy(int shard, long seat, long sequence) {}

  /**
   * What a host needs of the node around it.
   *
   * @param placed hears of what the authority has committed
   * @param taken hears of seats in which this node acts
   * @param tick time between two ticks of the shards
   */
  record Surroundings(
      NodeId self,
      ShardTable shards,
      Consumer<Placed> placed,
      Consumer<PlacementEntry> taken,
      Duration tick) {}

  /** So many ticks apart the authority is told again in which seats this node acts. */
  private static final int REPORT_TICKS = 5;

  /** So many ticks apart the shards that this node is not named for have theirs. */
  private static final int OTHERS_TICKS = 4;

  private static final ShardActor.Tick TICK = new ShardActor.Tick();

  private final Surroundings around;
  private final List<Consumer<Load>> waiting = new ArrayList<>();
  private final List<Survey> reports = new ArrayList<>();

  /** Shards whose primary this node is, or is to be. */
  private final Set<Integer> named = new TreeSet<>();

  /** Seats in which this node acts, by shard. */
  private final Map<Integer, Long> seats = new HashMap<>();

  /** What the authority is to hear of seats and copies, and what shards ask it for. */
  private final List<SeatReport> news = new ArrayList<>();

  private final List<InSyncRequest> requests = new ArrayList<>();
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
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    ticks++;
    if (ticks % OTHERS_TICKS == 0) {
      around.shards().tellAll(TICK);
    } else {
      named.forEach(shard -> around.shards().tell(shard, TICK));
    }
    if (ticks % REPORT_TICKS == 0 && !seats.isEmpty()) {
      List<SeatReport> all = new ArrayList<>();
      seats.forEach((shard, seat) -> all.add(new SeatReport(shard, seat, 0, List.of())));
      tellAuthority(new PlacementAuthority.Reported(new NodeReport(all)));
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
      Long seat = seats.get(entry.shard());
      if (seat != null && entry.seat() > seat) {
        seats.remove(entry.shard());
      }
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
    requests.add(ask.request());
    return sendSoon();
  }

  private Behavior<Command> onTaken(Taken taken) {
    PlacementEntry entry = taken.entry();
    seats.merge(entry.shard(), entry.seat(), Math::max);
    around.taken().accept(entry);
    news.add(new SeatReport(entry.shard(), entry.seat(), 0, List.of()));
    return sendSoon();
  }

  private Behavior<Command> onCopyMoved(CopyMoved moved) {
    Survey source = moved.source();
    Survey.Filling filling = moved.filling();
    CopyReport copy = new CopyReport(filling.target(), filling.state(), filling.bytesSent());
    news.add(new SeatReport(source.shard(), source.seat(), source.liveBytes(), List.of(copy)));
    return sendSoon();
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
    if (!news.isEmpty()) {
      tellAuthority(new PlacementAuthority.Reported(new NodeReport(news)));
      news.clear();
    }
    if (!requests.isEmpty()) {
      tellAuthority(new PlacementAuthority.Requested(List.copyOf(requests)));
      requests.clear();
    }
    return this;
  }

  private void tellAuthority(PlacementAuthority.Command message) {
    ActorRef<PlacementAuthority.Command> known = authority;
    if (known != null) {
      known.tell(message);
    }
  }

  /** Asks all shards, unless that is under way already. */
  private Behavior<Command> onAskLoad(AskLoad ask) {
    waiting.add(load -> ask.replyTo().tell(load));
    if (waiting.size() == 1) {
      reports.clear();
      around.shards().tellAll(new ShardActor.Report(getContext().getSelf()));
    }
    return this;
  }

  private Behavior<Command> onReported(Reported reported) {
    reports.add(reported.survey());
    if (reports.size() == around.shards().count()) {
      Load load = sum();
      waiting.forEach(then -> then.accept(load));
      waiting.clear();
    }
    return this;
  }

  private Load sum() {
    int primaries = 0;
    int backups = 0;
    int learners = 0;
    long entries = 0;
    long liveBytes = 0;
    long reservedBytes = 0;
    List<StaleCopy> stale = new ArrayList<>();
    for (Survey survey : reports) {
      reservedBytes += survey.reservedBytes();
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
        around.self(), primaries, backups, learners, entries, liveBytes, reservedBytes, stale);
  }
}
