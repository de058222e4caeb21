package io.shardgrid.shard;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import io.shardgrid.route.Transport;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One process: its replicas, its router, its clocks, and whether it runs. */
final class SimNode implements Transport {

  private static final long TICK_NANOS = 40 * SimTime.MILLI;
  private static final long ROUTER_TICK_NANOS = 20 * SimTime.MILLI;
  private static final long ECHO_NANOS = 200 * SimTime.MILLI;

  final int number;
  final NodeId id;
  final Router router;
  final MemberEchoes echoes = new MemberEchoes();
  final List<ShardReplica> replicas = new ArrayList<>();
  final PageBudget budget = PageBudget.unlimited();
  boolean isDead;
  boolean isMember = true;
  boolean isLeaving;
  boolean isExpelled;
  int weight = 1;

  private final Simulation simulation;
  private final SimTime time;
  private final double rate;
  private final long offsetNanos;
  private final long wallOffsetMillis;
  private final List<Waiting> inbox = new ArrayList<>();
  private final boolean[] isFlushDue;
  private final boolean[] isFillDue;
  private boolean isPaused;

  /** Something to be done when this process runs again, after what came from the same source. */
  private record Waiting(Object source, Runnable action) {}

  SimNode(int number, Simulation simulation) {
    this.number = number;
    this.simulation = simulation;
    this.time = simulation.time;
    this.id = new NodeId("n" + number, number, number);
    this.rate = 0.976 + 0.048 * time.random.nextDouble();
    this.offsetNanos = time.random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
    this.wallOffsetMillis = time.random.nextLong(-5_000, 5_000);
    this.router =
        new Router(simulation.routing, simulation.shards, 1_000L + number, this, this::nanos);
    this.isFlushDue = new boolean[simulation.shards];
    this.isFillDue = new boolean[simulation.shards];
    ReplicaCommons commons =
        new ReplicaCommons(
            new ReplicaMemory(simulation.maps, budget),
            echoes,
            new CopyPace(simulation.settings.copyBytesPerSecond()),
            null,
            simulation.stores.policies());
    for (int shard = 0; shard < simulation.shards; shard++) {
      replicas.add(
          new ShardReplica(
              shard, simulation.charter, id, simulation.bounds, simulation.settings, commons));
    }
    schedule(time.nowNanos() + time.between(0, 40), this::tick);
    schedule(time.nowNanos() + time.between(0, 20), this::tickRouter);
    schedule(time.nowNanos(), this::ping);
  }

  long nanos() {
    return offsetNanos + (long) (time.nowNanos() * rate);
  }

  long wall() {
    return 1_700_000_000_000L + wallOffsetMillis + (long) (time.nowNanos() * rate / 1e6);
  }

  boolean isRunning() {
    return !isDead && !isPaused;
  }

  /** Whether this process is there and stays. */
  boolean isGoingOn() {
    return !isDead && !isExpelled;
  }

  boolean isPaused() {
    return isPaused;
  }

  /** Runs an action in this process at a time, or when it runs again; never if it is dead. */
  void schedule(long atNanos, Runnable action) {
    time.at(atNanos, () -> handle(action));
  }

  void handle(Runnable action) {
    received(this, action);
  }

  /** Handles what came on a connection: in the order of each, but not of all connections. */
  void received(Object connection, Runnable action) {
    if (isPaused) {
      inbox.add(new Waiting(connection, action));
    } else if (!isDead) {
      action.run();
    }
  }

  void pause() {
    time.trace(() -> this + " pauses");
    isPaused = true;
  }

  void resume() {
    if (!isPaused) {
      return;
    }
    time.trace(() -> this + " resumes");
    isPaused = false;
    boolean isShuffled = time.chance(0.5);
    while (!inbox.isEmpty() && !isDead && !isPaused) {
      Object source = inbox.get(isShuffled ? time.random.nextInt(inbox.size()) : 0).source();
      int first = 0;
      while (inbox.get(first).source() != source) {
        first++;
      }
      inbox.remove(first).action().run();
    }
  }

  void crash() {
    time.trace(() -> this + (isLeaving ? " goes" : " crashes"));
    isDead = true;
    isPaused = false;
    inbox.clear();
    simulation.handOvers.crashed(this);
    for (SimNode other : simulation.nodes) {
      if (other != this && !other.isDead) {
        other.wayClosed(this);
      }
    }
  }

  private void tick() {
    for (int shard = 0; shard < replicas.size(); shard++) {
      int now = shard;
      turn(now, effects -> replicas.get(now).tick(nanos(), wall(), effects));
    }
    schedule(time.nowNanos() + TICK_NANOS, this::tick);
  }

  private void tickRouter() {
    router.tick();
    schedule(time.nowNanos() + ROUTER_TICK_NANOS, this::tickRouter);
  }

  private void ping() {
    if (isMember && simulation.hearsAuthority(this)) {
      echoes.members(
          simulation.members().stream()
              .filter(node -> node != this)
              .map(node -> node.id)
              .collect(Collectors.toSet()),
          nanos());
    }
    long sent = nanos();
    for (SimNode other : simulation.members()) {
      if (other != this) {
        simulation.links.send(this, other, SimLinks.Lane.CONTROL, () -> other.echo(this, sent));
      }
    }
    schedule(time.nowNanos() + ECHO_NANOS, this::ping);
  }

  private void echo(SimNode asker, long sent) {
    if (asker.isMember || (asker.isExpelled && isExpelled)) {
      simulation.links.send(
          this, asker, SimLinks.Lane.CONTROL, () -> asker.echoes.echoed(id, sent));
    }
  }

  void placed(PlacementEntry entry) {
    turn(
        entry.shard(),
        effects -> replicas.get(entry.shard()).place(entry, nanos(), wall(), effects));
  }

  void copyTo(int shard, SimNode target) {
    turn(
        shard,
        effects ->
            replicas.get(shard).copyTo(replicas.get(shard).state().seat, target.id, nanos()));
  }

  void cancelCopy(int shard, SimNode target) {
    turn(shard, effects -> replicas.get(shard).cancelCopy(target.id, effects));
  }

  void receive(SimNode from, ReplicaMessage message) {
    turn(
        message.shard(),
        effects ->
            replicas.get(message.shard()).receive(from.id, message, nanos(), wall(), effects));
  }

  void returned(int shard, ErrandResult result) {
    turn(shard, effects -> replicas.get(shard).returned(result, nanos(), wall(), effects));
  }

  private interface Turn {
    void run(ReplicaEffects effects);
  }

  private void turn(int shard, Turn turn) {
    ShardReplica replica = replicas.get(shard);
    turn.run(new SimEffects(simulation, this, shard));
    simulation.god.looked(this, shard, replica);
    flushSoon(shard);
  }

  private void flushSoon(int shard) {
    if (replicas.get(shard).isFlushDue() && !isFlushDue[shard]) {
      isFlushDue[shard] = true;
      long delay = time.chance(0.7) ? 0 : time.between(0, 2);
      schedule(time.nowNanos() + delay, () -> flush(shard));
    }
    if (replicas.get(shard).isFillDue() && !isFillDue[shard]) {
      isFillDue[shard] = true;
      schedule(time.nowNanos() + time.between(0, 2), () -> fill(shard));
    }
  }

  private void fill(int shard) {
    isFillDue[shard] = false;
    replicas.get(shard).fill(nanos(), new SimEffects(simulation, this, shard));
    simulation.god.looked(this, shard, replicas.get(shard));
    flushSoon(shard);
  }

  private void flush(int shard) {
    isFlushDue[shard] = false;
    replicas.get(shard).flush(nanos(), new SimEffects(simulation, this, shard));
    simulation.god.looked(this, shard, replicas.get(shard));
    flushSoon(shard);
  }

  @Override
  public boolean isLocal(NodeId node) {
    return id.equals(node);
  }

  @Override
  public void execute(Operation operation) {
    operate(operation, (asked, answer) -> schedule(time.nowNanos(), () -> answered(asked, answer)));
  }

  @Override
  public @Nullable Answer atOnce(String map, int shard, Request request, long minEpoch) {
    if (time.chance(0.5)) {
      return null; // the shard is busy
    }
    Operation asked = new Operation(map, shard, router.client(), 0, 0, minEpoch, 0, 0, request);
    simulation.god.arrived(this, asked);
    AtomicReference<@Nullable Answer> told = new AtomicReference<>();
    ShardReplica replica = replicas.get(shard);
    turn(
        shard,
        effects -> told.set(replica.atOnce(map, request, minEpoch, nanos(), wall(), effects)));
    Answer answer = told.get();
    simulation.god.answering(this, shard, asked, answer == null ? new Answer.Later("") : answer);
    return answer;
  }

  @Override
  public boolean send(NodeId node, Operation operation) {
    SimNode target = simulation.node(node);
    if (!simulation.links.isOpen(this, target, SimLinks.Lane.DATA)) {
      return false;
    }
    long leftNanos = operation.deadlineNanos() - nanos();
    simulation.links.send(
        this,
        target,
        SimLinks.Lane.DATA,
        () ->
            target.operateFor(this, operation, Operation.givenUpNanos(target.nanos(), leftNanos)));
    return true;
  }

  private void operateFor(SimNode from, Operation sent, long deadlineNanos) {
    Operation operation =
        new Operation(
            sent.map(),
            sent.shard(),
            sent.client(),
            sent.seq(),
            sent.doneBelow(),
            sent.minEpoch(),
            sent.ageMillis(),
            deadlineNanos,
            sent.request());
    operate(
        operation,
        new AnswerSink() {
          @Override
          public void answered(Operation asked, Answer answer) {
            SimNode back = SimNode.this;
            simulation.links.send(
                back, from, SimLinks.Lane.DATA, () -> from.answered(asked, answer));
          }

          @Override
          public NodeId node() {
            return from.id;
          }
        });
  }

  private void operate(Operation operation, AnswerSink sink) {
    simulation.god.arrived(this, operation);
    AnswerSink open = simulation.handOvers.open(this, operation, sink);
    turn(
        operation.shard(),
        effects ->
            replicas.get(operation.shard()).operate(operation, open, nanos(), wall(), effects));
  }

  private void answered(Operation operation, Answer answer) {
    router.answered(operation.shard(), operation.seq(), answer);
  }

  void wayClosed(SimNode other) {
    router.wayClosed(other.id);
  }

  void wayOpened(SimNode other) {
    router.wayOpened(other.id);
  }

  @Override
  public String toString() {
    return "n" + number;
  }
}
