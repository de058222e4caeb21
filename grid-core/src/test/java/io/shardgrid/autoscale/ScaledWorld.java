package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with nodes that start, drain and crash, and with autoscalers that are replaced, at
 * times while the one before still lives; messages are late, lost or doubled. Everything follows
 * from the seed.
 */
final class ScaledWorld {

  static final int PORT = 10_171;

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long DEPARTURE_MILLIS = 10_000;
  private static final long MOVE_MILLIS = 3_000;

  final Random random;
  final List<Node> nodes = new ArrayList<>();
  final List<String> wrongs = new ArrayList<>();
  final Deque<String> trace = new ArrayDeque<>();

  /** The nodes that each order has started, by number and index. */
  private final Set<String> startedBy = new HashSet<>();

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final List<Incarnation> incarnations = new ArrayList<>();
  private final AutoscaleSettings settings;
  private final double lossShare;

  /** Whether its actuator starts a node only when the one before is Up. */
  private final boolean startsOneByOne;

  private long nowMillis;
  private long sent;
  private long keptStamp;
  private ScaleState kept = ScaleState.NONE;
  private long movedAt = -MOVE_MILLIS;
  private int startedNodes;
  private int runs;
  private long highestOrder;
  double load;

  private record Event(long at, long order, Runnable run) {}

  /** A node. */
  static final class Node {
    final NodeId id;
    final String name;
    Standing standing;
    long departsUntil;
    long upSince;
    boolean isDrained;

    Node(int number, Standing standing, long upSince) {
      this.id = new NodeId("n" + number, PORT, number);
      this.name = "n" + number;
      this.standing = standing;
      this.upSince = upSince;
    }
  }

  ScaledWorld(long seed, AutoscaleSettings settings, int size, double lossShare) {
    this.random = new Random(seed);
    this.settings = settings;
    this.lossShare = lossShare;
    this.startsOneByOne = random.nextBoolean();
    for (int node = 0; node < size; node++) {
      startedNodes++;
      nodes.add(new Node(startedNodes, Standing.UP, -3_600_000));
    }
    every(1_000, this::passTime);
  }

  Instant now() {
    return EPOCH.plusMillis(nowMillis);
  }

  ScaleState kept() {
    return kept;
  }

  long up() {
    return nodes.stream().filter(node -> node.standing == Standing.UP).count();
  }

  /** Another autoscaler starts; the ones before live on for a while. */
  void replaceAutoscaler() {
    runs++;
    Incarnation next = new Incarnation(runs);
    trace("autoscaler " + runs + " starts");
    incarnations.forEach(old -> old.endBy(nowMillis + random.nextInt(8_000)));
    incarnations.add(next);
    every(1_000, next::tick);
  }

  /** The autoscaler's node crashes, and it with it. */
  void crashAutoscaler() {
    incarnations.forEach(old -> old.endBy(nowMillis));
    after(1_000 + random.nextInt(3_000), this::replaceAutoscaler);
  }

  void run(Duration time) {
    long end = nowMillis + time.toMillis();
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      nowMillis = event.at();
      event.run().run();
    }
    nowMillis = end;
  }

  void after(long millis, Runnable run) {
    sent++;
    events.add(new Event(nowMillis + millis, sent, run));
  }

  private void every(long millis, Runnable run) {
    after(
        millis,
        () -> {
          run.run();
          every(millis, run);
        });
  }

  /** Sends something that is late, and perhaps lost or doubled. */
  private void send(Runnable message) {
    if (random.nextDouble() < lossShare) {
      return;
    }
    after(1 + random.nextInt(200), message);
    if (random.nextDouble() < lossShare) {
      after(1 + random.nextInt(5_000), message);
    }
  }

  private void passTime() {
    boolean isMoving = isMoving();
    for (Node node : nodes) {
      boolean departs = node.departsUntil > nowMillis;
      if (node.standing == Standing.LEAVING && !departs) {
        node.standing = Standing.UP;
        node.isDrained = false;
        movedAt = nowMillis;
      } else if (node.standing == Standing.LEAVING && !isMoving) {
        node.isDrained = true;
      }
    }
  }

  private boolean isMoving() {
    return nowMillis - movedAt < MOVE_MILLIS;
  }

  /** An autoscaler on one node, which begins anew as the actor does if another has taken over. */
  private final class Incarnation implements ScalerEffects {
    private Scaler scaler;
    private int run;
    private boolean isRestarting;
    private long endsAt = Long.MAX_VALUE;

    Incarnation(int run) {
      this.run = run;
      this.scaler = new Scaler(run, nodes.get(0).id, settings, this);
    }

    private void restart() {
      if (isAlive()) {
        runs++;
        run = runs;
        scaler = new Scaler(run, nodes.get(0).id, settings, this);
        isRestarting = false;
        trace("autoscaler " + run + " begins anew");
      }
    }

    void endBy(long millis) {
      endsAt = Math.min(endsAt, millis);
    }

    private boolean isAlive() {
      return nowMillis < endsAt;
    }

    void tick() {
      if (!isAlive() || isRestarting) {
        return;
      }
      scaler.members(views());
      nodes.forEach(node -> scaler.reported(report(node), now()));
      scaler.tick(now(), nowMillis * NANOS_PER_MILLI);
    }

    private void input(Runnable input) {
      Scaler asking = scaler;
      send(
          () -> {
            if (isAlive() && !isRestarting && scaler == asking) {
              input.run();
            }
          });
    }

    @Override
    public void consult(long over, @Nullable ScaleState state) {
      send(
          () -> {
            if (state != null && over == keptStamp) {
              keptStamp++;
              kept = state;
            }
            long stamp = keptStamp;
            ScaleState now = kept;
            Activity activity = new Activity(isMoving(), isMoving() ? 1 : 0, 0);
            input(() -> scaler.consulted(stamp, now, activity, nowMillis * NANOS_PER_MILLI));
          });
    }

    @Override
    public void carryOut(NodeId by, ScaleOrder order) {
      send(
          () -> {
            Provision provision = provide(order);
            trace("run " + run + " order " + order.number() + ": " + provision);
            input(() -> scaler.provided(order.number(), provision));
          });
    }

    @Override
    public void drain(NodeId node, long order) {
      send(() -> drainNode(node, order));
    }

    private void drainNode(NodeId id, long order) {
      for (Node node : nodes) {
        if (node.id.equals(id)) {
          if (node.standing == Standing.UP) {
            node.standing = Standing.LEAVING;
            movedAt = nowMillis;
            trace("run " + run + " order " + order + " drains " + node.name);
          }
          node.departsUntil = nowMillis + DEPARTURE_MILLIS;
          boolean isDrained = node.isDrained;
          input(() -> scaler.drained(order, isDrained, "isDrained=" + isDrained));
        }
      }
    }

    @Override
    public void verify(long order) {
      input(() -> scaler.verified(order, true, "equal"));
    }

    @Override
    public void end(NodeId id, long order) {
      send(
          () -> {
            for (Node node : List.copyOf(nodes)) {
              if (node.id.equals(id) && node.isDrained) {
                trace("run " + run + " order " + order + " ends " + node.name);
                nodes.remove(node);
              } else if (node.id.equals(id)) {
                trace("run " + run + " may not end " + node.name);
              }
            }
          });
    }

    @Override
    public void tell(ScaleNote note) {
      trace("run " + run + ": " + note.text());
    }

    @Override
    public void warn(ScaleNote note) {
      tell(note);
    }

    @Override
    public void replaced() {
      isRestarting = true;
      after(1_000 + random.nextInt(3_000), this::restart);
    }
  }

  /**
   * What an actuator does: an order of old is refused, and each node of an order is started once.
   */
  private Provision provide(ScaleOrder order) {
    if (order.number() < highestOrder) {
      return new Provision.Refused("of old");
    }
    highestOrder = order.number();
    for (int index = 0; index < order.nodes() - order.before(); index++) {
      if (startsOneByOne && nodes.stream().anyMatch(node -> node.standing == Standing.JOINING)) {
        return new Provision.Begun("one after the other");
      }
      if (startedBy.add(order.number() + "-" + index)) {
        startedNodes++;
        Node node = new Node(startedNodes, Standing.JOINING, 0);
        nodes.add(node);
        trace("starts " + node.name);
        after(
            2_000 + random.nextInt(4_000),
            () -> {
              node.standing = Standing.UP;
              node.upSince = nowMillis;
              movedAt = nowMillis;
            });
      }
    }
    return new Provision.Accepted("done");
  }

  private List<MemberView> views() {
    return nodes.stream()
        .map(node -> new MemberView(node.id, node.name, "z", 1, 1, 1, 1, node.standing))
        .toList();
  }

  private LoadReport report(Node node) {
    long sharing = Math.max(1, up());
    return new LoadReport(
        node.id,
        nowMillis - node.upSince,
        0,
        new LoadReport.Bytes(1_000, 2_000, 1_000_000),
        new LoadReport.Work(load / sharing, 1, 0),
        java.util.Map.of(),
        new LoadReport.Means(true, "test", Leaver.ANY));
  }

  void trace(String text) {
    if (trace.size() > 2_000) {
      trace.removeFirst();
    }
    trace.add(nowMillis + " " + text);
  }
}
