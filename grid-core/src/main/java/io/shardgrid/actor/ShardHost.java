package io.shardgrid.actor;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.CannotTake;
import io.shardgrid.placement.Placed;
import io.shardgrid.shard.Survey;
import io.shardgrid.shard.Yield;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * to them, their yields to other hosts, and their reports to whoever asks.
 *
 * <p>State: who waits for a report, confined to this actor; the table of shards does not change.
 */
final class ShardHost extends AbstractBehavior<ShardHost.Command> {

  /** Everything a host understands. */
  sealed interface Command {}

  /** The authority has committed entries. Acknowledged. */
  record PlacedBy(Placed placed, ActorRef<PlacementAuthority.Command> authority)
      implements Command, ControlMessage {}

  /** Asks in which seats of this node nothing was ever written. */
  record AskUnwritten(ActorRef<PlacementAuthority.Command> replyTo)
      implements Command, ControlMessage {}

  /** Asks what this node holds. */
  record AskLoad(ActorRef<Load> replyTo) implements Command, ControlMessage {}

  /** Another node passes on the right to act. */
  record YieldedBy(NodeId from, Yield yield) implements Command, ControlMessage {}

  /** The node that a yield went to acts, or a later one does. */
  record YieldTaken(Yield yield) implements Command, ControlMessage {}

  /** A shard of this node yields. */
  record SendYield(NodeId to, Yield yield) implements Command {}

  /** A shard of this node has learnt that its yield arrived. */
  record AcknowledgeYield(NodeId to, Yield yield) implements Command {}

  /** A shard of this node cannot take its seat. */
  record Refuse(CannotTake refusal) implements Command {}

  /** A shard of this node acts in a new seat. */
  record Taken(PlacementEntry entry) implements Command {}

  /** A member was removed. */
  record MemberGone(NodeId node) implements Command {}

  /** A shard's report. */
  record Reported(Survey survey) implements Command {}

  /** Time passes. */
  record Tick() implements Command {}

  /** What a node holds. */
  record Load(
      NodeId from,
      int primaries,
      long entries,
      long liveBytes,
      long reservedBytes,
      List<Long> unwrittenSeats)
      implements ControlMessage {}

  /** What a host needs of the node around it. */
  record Surroundings(
      NodeId self,
      ShardTable shards,
      Consumer<Placed> placed,
      Consumer<PlacementEntry> taken,
      Duration tick) {}

  private final Surroundings around;
  private final Reach reach;
  private final List<Consumer<Load>> waiting = new ArrayList<>();
  private final List<Survey> reports = new ArrayList<>();

  /** Refusals that no newer placement has answered yet, by shard. */
  private final Map<Integer, CannotTake> refusals = new HashMap<>();

  /** Newest entries, by shard. */
  private final Map<Integer, PlacementEntry> entries = new HashMap<>();

  /** Whose yield a shard of this node waits for, by shard. */
  private final Map<Integer, NodeId> waitsFor = new HashMap<>();

  private @Nullable ActorRef<PlacementAuthority.Command> authority;
  private int authorityTerm;

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new ShardHost(context, timers, around)));
  }

  private ShardHost(
      ActorContext<Command> context, TimerScheduler<Command> timers, Surroundings around) {
    super(context);
    this.around = around;
    this.reach = new Reach(context.getSystem());
    around.shards().spawn(context);
    timers.startTimerWithFixedDelay(new Tick(), around.tick());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Reported.class, this::onReported)
        .onMessage(PlacedBy.class, this::onPlacedBy)
        .onMessage(AskUnwritten.class, this::onAskUnwritten)
        .onMessage(AskLoad.class, this::onAskLoad)
        .onMessage(YieldedBy.class, this::onYieldedBy)
        .onMessage(YieldTaken.class, this::onYieldTaken)
        .onMessage(SendYield.class, this::onSendYield)
        .onMessage(AcknowledgeYield.class, this::onAcknowledgeYield)
        .onMessage(Refuse.class, this::onRefuse)
        .onMessage(Taken.class, this::onTaken)
        .onMessage(MemberGone.class, this::onMemberGone)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    around.shards().tellAll(new ShardActor.Tick());
    sendRefusals();
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
      follow(entry);
      highest = Math.max(highest, entry.epoch());
    }
    around.placed().accept(placed);
    message
        .authority()
        .tell(new PlacementAuthority.PlacedAcknowledged(around.self(), placed.term(), highest));
    return this;
  }

  private void follow(PlacementEntry entry) {
    int shard = entry.shard();
    around.shards().tell(shard, new ShardActor.Place(entry));
    PlacementEntry before = entries.get(shard);
    if (!entry.isNewerThan(before)) {
      return;
    }
    entries.put(shard, entry);
    refusals.remove(shard);
    if (before == null || before.seat() != entry.seat()) {
      waitsFor.remove(shard);
    }
    NodeId holder = before == null ? null : before.primary();
    boolean isNamed = around.self().equals(entry.primary());
    if (isNamed
        && holder != null
        && !holder.equals(around.self())
        && before != null
        && before.seat() == entry.prevSeat()) {
      waitsFor.put(shard, holder);
    }
  }

  private Behavior<Command> onAskUnwritten(AskUnwritten ask) {
    NodeId self = around.self();
    return collect(
        load -> ask.replyTo().tell(new PlacementAuthority.Surveyed(self, load.unwrittenSeats())));
  }

  private Behavior<Command> onAskLoad(AskLoad ask) {
    return collect(load -> ask.replyTo().tell(load));
  }

  /** Asks all shards, unless that is under way already. */
  private Behavior<Command> collect(Consumer<Load> then) {
    waiting.add(then);
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
    long entries = 0;
    long liveBytes = 0;
    long reservedBytes = 0;
    List<Long> unwrittenSeats = new ArrayList<>();
    for (Survey survey : reports) {
      reservedBytes += survey.reservedBytes();
      if (survey.acting()) {
        primaries++;
        entries += survey.entries();
        liveBytes += survey.liveBytes();
        if (survey.sequence() == 0) {
          unwrittenSeats.add(survey.seat());
        }
      }
    }
    return new Load(around.self(), primaries, entries, liveBytes, reservedBytes, unwrittenSeats);
  }

  private Behavior<Command> onYieldedBy(YieldedBy message) {
    Yield yield = message.yield();
    CannotTake refusal = refusals.get(yield.shard());
    if (refusal != null && refusal.holder() == null) {
      // The authority was told that this seat cannot be taken any more; so it must not be.
      return this;
    }
    around.shards().tell(yield.shard(), new ShardActor.Yielded(message.from(), yield));
    return this;
  }

  private Behavior<Command> onYieldTaken(YieldTaken taken) {
    Yield yield = taken.yield();
    around.shards().tell(yield.shard(), new ShardActor.YieldAcknowledged(yield));
    return this;
  }

  private Behavior<Command> onSendYield(SendYield send) {
    reach.host(send.to()).tell(new YieldedBy(around.self(), send.yield()));
    return this;
  }

  private Behavior<Command> onAcknowledgeYield(AcknowledgeYield acknowledge) {
    reach.host(acknowledge.to()).tell(new YieldTaken(acknowledge.yield()));
    return this;
  }

  private Behavior<Command> onRefuse(Refuse refuse) {
    refusals.put(refuse.refusal().shard(), refuse.refusal());
    sendRefusals();
    return this;
  }

  private void sendRefusals() {
    ActorRef<PlacementAuthority.Command> known = authority;
    if (known != null) {
      refusals
          .values()
          .forEach(one -> known.tell(new PlacementAuthority.TakeRefused(around.self(), one)));
    }
  }

  private Behavior<Command> onTaken(Taken taken) {
    waitsFor.remove(taken.entry().shard());
    around.taken().accept(taken.entry());
    return this;
  }

  /** A shard that waits for a yield of a node that is gone would wait for ever. */
  private Behavior<Command> onMemberGone(MemberGone gone) {
    waitsFor.forEach(
        (shard, holder) -> {
          PlacementEntry entry = entries.get(shard);
          if (holder.equals(gone.node()) && entry != null) {
            refusals.put(shard, new CannotTake(shard, entry.epoch(), null, 0));
          }
        });
    waitsFor.values().removeIf(gone.node()::equals);
    sendRefusals();
    return this;
  }
}
