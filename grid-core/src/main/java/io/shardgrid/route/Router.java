package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings operations to the primaries of their shards and their outcomes back: one a node, and one
 * in each remote client. A change of owner, a lost connection, a bound that is met for a while are
 * no errors: the operation is sent again, in order, until its deadline.
 *
 * <p>Thread-safe. The decisions are {@link ShardRoute}'s, one a shard, each under a lock of its
 * own; operations for this process are handed over outside the lock, those for others within it,
 * where it is only a queue that takes them. Outcomes are told outside every lock.
 */
public final class Router {

  private final RouterSettings settings;
  final RouterFailures failures;
  private final long client;
  private final Transport transport;
  private final LongSupplier nanoClock;
  private final Capacity capacity;
  private final LocalCalls localCalls;
  private final RouterTraces traces;
  private final Pump pump;
  final ShardRoute[] routes;
  private final Set<NodeId> openWays = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * Makes a router that knows no placement yet.
   *
   * @param shards number of shards of the cluster
   * @param client a number that no other client of the cluster has
   */
  public Router(
      RouterSettings settings,
      int shards,
      long client,
      Transport transport,
      LongSupplier nanoClock) {
    this(
        settings, shards, client, transport, nanoClock, new TraceSwitch(TraceSettings.NOTHING_NEW));
  }

  /**
   * The same.
   *
   * @param traces whether its operations are followed
   */
  public Router(
      RouterSettings settings,
      int shards,
      long client,
      Transport transport,
      LongSupplier nanoClock,
      TraceSwitch traces) {
    this.traces = new RouterTraces(traces);
    this.settings = settings;
    this.failures = new RouterFailures(settings);
    this.client = client;
    this.transport = transport;
    this.nanoClock = nanoClock;
    this.capacity = new Capacity(settings.total().operationsMax(), settings.total().bytesMax());
    this.localCalls = new LocalCalls(transport, settings.requestBytesMax());
    this.pump = new Pump(client, transport, nanoClock);
    this.routes = new ShardRoute[shards];
    for (int shard = 0; shard < shards; shard++) {
      routes[shard] = new ShardRoute(shard, settings, capacity);
    }
  }

  /** The number of shards. */
  public int shards() {
    return routes.length;
  }

  /** The number by which the shards know this router. */
  public long client() {
    return client;
  }

  /** The bounds it was made with. */
  public RouterSettings settings() {
    return settings;
  }

  /** Whether its operations are followed. */
  public TraceSwitch traces() {
    return traces.traces();
  }

  /** Where the outcome of all parts of an operation goes, so that they are one for traces. */
  Outcome whole(String map, Request.Kind kind, Outcome outcome) {
    return traces.whole(map, kind, outcome);
  }

  /** The newest placement known of a shard. */
  public @Nullable PlacementEntry placement(int shard) {
    ShardRoute route = routes[shard];
    synchronized (route) {
      return route.placement();
    }
  }

  /** The highest epoch of any shard's placement; 0 while none is known. O(shards). */
  public long epoch() {
    long highest = Epoch.NONE;
    for (int shard = 0; shard < routes.length; shard++) {
      PlacementEntry entry = placement(shard);
      highest = entry == null ? highest : Math.max(highest, entry.epoch());
    }
    return highest;
  }

  /** Whether the placement of every shard is known. */
  public boolean isPlaced() {
    for (int shard = 0; shard < routes.length; shard++) {
      if (placement(shard) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sends a request to a shard.
   *
   * @param timeoutNanos time until the deadline
   * @param outcome told once, perhaps before this returns
   */
  public void submit(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
    Pending pending = unlessAnswered(map, shard, request, timeoutNanos, outcome);
    if (pending == null) {
      return;
    }
    endIf(offer(shard, pending, pending.startNanos), shard, pending);
  }

  /**
   * The same on a thread that may be made to wait: it does, while as many operations are unresolved
   * as may be, if the settings say so; until the deadline at most.
   */
  public void submitOrWait(
      String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
    Pending pending = unlessAnswered(map, shard, request, timeoutNanos, outcome);
    if (pending == null) {
      return;
    }
    Refusal refusal = offer(shard, pending, pending.startNanos);
    if (refusal == Refusal.FULL && settings.total().whenFull() == WhenFull.WAIT) {
      refusal =
          capacity.retry(
              () -> offer(shard, pending, nanoClock.getAsLong()), pending.deadlineNanos, nanoClock);
    }
    endIf(refusal, shard, pending);
  }

  /** Null if it was answered at once, which one that is followed never is. */
  private @Nullable Pending unlessAnswered(
      String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
    TraceSpan span = traces.begin(map, shard, request, outcome);
    if (span == null && !isClosed && localCalls.answer(routes[shard], map, request, outcome)) {
      return null;
    }
    long now = nanoClock.getAsLong();
    Outcome told = span == null ? outcome : new TracedOutcome(span, outcome);
    long bytes = RequestBytes.of(request);
    return new Pending(map, request, told, bytes, now, now + timeoutNanos, span);
  }

  private void endIf(@Nullable Refusal refusal, int shard, Pending pending) {
    if (refusal != null) {
      pending.outcome.failed(failures.refused(refusal, shard, pending));
    }
  }

  /** Takes an operation up and sends what can be sent; or says why not. */
  private @Nullable Refusal offer(int shard, Pending pending, long nowNanos) {
    ShardRoute route = routes[shard];
    Operation local;
    synchronized (route) {
      Refusal refusal = refusal(route, pending);
      if (refusal != null) {
        return refusal;
      }
      route.add(pending);
      local = pump.begin(route, nowNanos);
    }
    if (local != null) {
      pump.goOn(route, local);
    }
    return null;
  }

  private @Nullable Refusal refusal(ShardRoute route, Pending pending) {
    if (isClosed) {
      return Refusal.CLOSED;
    }
    if (route.isLost()) {
      return Refusal.LOST;
    }
    if (pending.bytes > settings.requestBytesMax()) {
      return Refusal.TOO_LARGE;
    }
    return route.hasRoom(pending.bytes) ? null : Refusal.FULL;
  }

  /** Takes the answer to an operation of this router's client. */
  public void answered(int shard, long seq, Answer answer) {
    ShardRoute route = routes[shard];
    if (answer instanceof Answer.Moved moved) {
      synchronized (route) {
        route.answered(seq, answer, nanoClock.getAsLong());
      }
      placed(moved.placement());
      return;
    }
    Pending ended;
    boolean isMoreToSend;
    synchronized (route) {
      ended = route.answered(seq, answer, nanoClock.getAsLong());
      isMoreToSend = route.pumper == null && route.hasUnsent();
      if (route.pumper == Thread.currentThread() && !route.hasUnsent()) {
        // Answered within the hand-over: that one need not look whether there is more.
        Pump.end(route);
      }
    }
    if (ended != null) {
      ended.outcome.resolved(answer);
    }
    if (isMoreToSend) {
      pump.run(route);
    }
  }

  /** Learns a placement; one that is not newer than the known one is ignored. */
  public void placed(PlacementEntry entry) {
    ShardRoute route = routes[entry.shard()];
    List<Pending> ended = new ArrayList<>(0);
    synchronized (route) {
      NodeId primary = entry.primary();
      boolean isOpen = primary != null && isWayOpen(primary);
      if (!route.placed(entry, isOpen)) {
        return;
      }
      if (entry.isLost()) {
        route.endAll(ended::add);
      }
    }
    for (Pending pending : ended) {
      pending.outcome.failed(failures.lost(route.shard, pending.map));
    }
    pump.run(route);
  }

  /** The way to a node has opened; called in turn with {@link #wayClosed}. */
  public void wayOpened(NodeId node) {
    openWays.add(node);
    for (ShardRoute route : routes) {
      synchronized (route) {
        route.wayOpened(node);
      }
      pump.run(route);
    }
  }

  /** The way to a node takes operations again, some of which it did not take. */
  public void wayReady(NodeId node) {
    for (ShardRoute route : routes) {
      synchronized (route) {
        route.wayReady(node);
      }
      pump.run(route);
    }
  }

  /** The way to a node has closed: what was sent over it may not have arrived. */
  public void wayClosed(NodeId node) {
    openWays.remove(node);
    for (ShardRoute route : routes) {
      synchronized (route) {
        route.wayClosed(node);
      }
    }
  }

  /** Ends what is past its deadline and sends again what was put off; every 10 ms or so. */
  public void tick() {
    List<Pending> ended = new ArrayList<>(0);
    Consumer<Pending> ends = ended::add;
    long nowNanos = nanoClock.getAsLong();
    for (ShardRoute route : routes) {
      boolean isMoreToSend;
      synchronized (route) {
        route.expire(nowNanos, ends);
        isMoreToSend = route.hasUnsent();
      }
      if (!ended.isEmpty()) {
        ended.forEach(pending -> pending.outcome.failed(tooLate(route, pending)));
        ended.clear();
      }
      if (isMoreToSend) {
        pump.run(route);
      }
    }
  }

  /** Ends all operations and refuses new ones. */
  public void close() {
    isClosed = true;
    List<Pending> ended = new ArrayList<>();
    for (ShardRoute route : routes) {
      synchronized (route) {
        route.endAll(ended::add);
      }
    }
    for (Pending pending : ended) {
      pending.outcome.failed(failures.closedAmid(pending));
    }
    capacity.announce();
  }

  private boolean isWayOpen(NodeId node) {
    return transport.isLocal(node) || openWays.contains(node);
  }

  private GridException tooLate(ShardRoute route, Pending pending) {
    boolean isPlaced;
    String node;
    synchronized (route) {
      isPlaced = route.placement() != null;
      node = route.primaryText();
    }
    return failures.tooLate(route.shard, node, isPlaced, pending);
  }
}
