package io.shardgrid.actor;

import com.sun.management.OperatingSystemMXBean;
import io.shardgrid.health.Chronicle;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.meter.MapMeter;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.shard.CopyPace;
import io.shardgrid.shard.Survey;
import io.shardgrid.sight.HotKey;
import io.shardgrid.sight.MapReads;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.ReadWindow;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever asks what its node does now, and keeps the record of what was measured about the
 * cluster. However many ask, the shards are asked twice a second at most.
 *
 * <p>State: the round under way, who waits for it, and the record, confined to this actor.
 */
final class NodeObserver extends AbstractBehavior<NodeObserver.Command> {

  /** Everything an observer understands. */
  sealed interface Command {}

  /** Asks what the node does, from anywhere. */
  record AskSight(ActorRef<Seen> replyTo) implements Command, ControlMessage {}

  /** What the node does. */
  record Seen(NodeSight sight) implements ControlMessage {}

  /** Asks for the record; within the node. */
  record AskRecord(ActorRef<Chronicle.Summary> replyTo) implements Command {}

  /** A shard's answer: what it is, operations since it was started, keys asked for most. */
  record Observed(Survey survey, long operations, List<HotKey> hotKeys) implements Command {}

  /** Time passes. */
  record Tick() implements Command {}

  /**
   * What an observer needs of the node around it.
   *
   * @param copies that each shard should have
   * @param weight of the node as it is now
   * @param bytesMax bytes that the node may hold
   * @param routes its router, its rules, the stores of its maps
   * @param members all that are not removed
   * @param tally what is counted with operations; null if nothing is
   */
  record Surroundings(
      NodeId self,
      int copies,
      IntSupplier weight,
      long bytesMax,
      ShardTable shards,
      CopyPace pace,
      NodeRoutes routes,
      Supplier<List<MemberView>> members,
      @Nullable NodeTally tally) {}

  private record Mark(long nanos, long cpuNanos, long operations) {}

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final long FRESH_NANOS = 500_000_000;
  private static final long STUCK_NANOS = 5_000_000_000L;
  private static final int MARK_TICKS = 10;
  private static final int MARKS_MAX = 7;
  private static final int ASKERS_MAX = 1_000;

  private final Surroundings around;
  private final SightRound round;
  private final BackingRound backing;
  private final Chronicle chronicle;
  private final Clock clock = Clock.systemUTC();
  private final long startNanos = System.nanoTime();
  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final @Nullable ReadWindow reads;
  private final List<ActorRef<Seen>> askers = new ArrayList<>();
  private @Nullable NodeSight last;
  private long beganNanos;
  private boolean isUnderWay;
  private int ticks;

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new NodeObserver(context, timers, around)));
  }

  private NodeObserver(
      ActorContext<Command> context, TimerScheduler<Command> timers, Surroundings around) {
    super(context);
    this.around = around;
    this.round = new SightRound(around.self(), around.shards().count());
    this.backing =
        new BackingRound(around.routes().stores()::sights, around.routes()::ruleSights, startNanos);
    this.chronicle = new Chronicle(clock.instant());
    NodeTally tally = around.tally();
    this.reads = tally == null ? null : new ReadWindow(startNanos, counts(tally));
    timers.startTimerWithFixedDelay(new Tick(), TICK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Observed.class, this::onObserved)
        .onMessage(AskSight.class, this::onAskSight)
        .onMessage(AskRecord.class, this::onAskRecord)
        .onMessage(Tick.class, this::onTick)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    chronicle.note(
        clock.instant(),
        Diagnosis.shards(around.routes().router(), around.copies()),
        around.members().get(),
        around.routes().router().epoch());
    if (ticks % MARK_TICKS == 0 && !isUnderWay) {
      begin();
    }
    ticks++;
    return this;
  }

  private Behavior<Command> onAskRecord(AskRecord ask) {
    ask.replyTo().tell(chronicle.summary());
    return this;
  }

  private Behavior<Command> onAskSight(AskSight ask) {
    long age = System.nanoTime() - beganNanos;
    NodeSight known = last;
    if (known != null && !isUnderWay && age < FRESH_NANOS) {
      ask.replyTo().tell(new Seen(known));
      return this;
    }
    if (askers.size() >= ASKERS_MAX) {
      getContext().getLog().warn("Too many ask at once what this node does, one is not answered");
      return this;
    }
    askers.add(ask.replyTo());
    if (!isUnderWay || age > STUCK_NANOS) {
      begin();
    }
    return this;
  }

  private void begin() {
    isUnderWay = true;
    beganNanos = System.nanoTime();
    round.begin(beganNanos);
    around.shards().tellAll(new ShardActor.Observe(getContext().getSelf()));
  }

  private Behavior<Command> onObserved(Observed observed) {
    if (!isUnderWay) {
      return this;
    }
    round.add(observed.survey(), observed.operations(), observed.hotKeys());
    if (round.isDone()) {
      isUnderWay = false;
      mark();
      NodeSight sight = round.sight(moment());
      last = sight;
      askers.forEach(asker -> asker.tell(new Seen(sight)));
      askers.clear();
    }
    return this;
  }

  private SightRound.Moment moment() {
    return new SightRound.Moment(
        around.weight().getAsInt(),
        Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
        around.pace().latency(),
        around.bytesMax(),
        effort(),
        reads(),
        backing.look(System.nanoTime()));
  }

  private NodeSight.Reads reads() {
    NodeTally tally = around.tally();
    return tally == null || reads == null
        ? NodeSight.Reads.NONE
        : reads.until(System.nanoTime(), counts(tally));
  }

  private static List<MapReads> counts(NodeTally tally) {
    return tally.maps().stream()
        .filter(MapMeter::isOfOneMap)
        .map(map -> new MapReads(map.name(), map.hits(), map.misses()))
        .toList();
  }

  /** Remembers one round of about ten seconds. */
  private void mark() {
    long now = System.nanoTime();
    Mark newest = marks.peekLast();
    if (newest == null || now - newest.nanos() >= TICK.multipliedBy(MARK_TICKS - 1).toNanos()) {
      marks.addLast(new Mark(now, machine.getProcessCpuTime(), round.operations()));
      if (marks.size() > MARKS_MAX) {
        marks.removeFirst();
      }
    }
  }

  private NodeSight.Effort effort() {
    Mark oldest = marks.peekFirst();
    Mark newest = marks.peekLast();
    if (oldest == null || newest == null || marks.size() < 2 || oldest.cpuNanos() < 0) {
      return NodeSight.Effort.NONE;
    }
    return new NodeSight.Effort(
        Duration.ofNanos(newest.nanos() - oldest.nanos()).toMillis(),
        newest.operations() - oldest.operations(),
        newest.cpuNanos() - oldest.cpuNanos(),
        machine.getAvailableProcessors());
  }
}
