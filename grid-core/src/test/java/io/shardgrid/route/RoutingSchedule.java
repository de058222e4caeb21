package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.B;
import static io.shardgrid.route.RouteFixtures.C;
import static io.shardgrid.route.RouteFixtures.MILLI;
import static io.shardgrid.route.RouteFixtures.entry;
import static io.shardgrid.route.RouteFixtures.get;
import static io.shardgrid.route.RouteFixtures.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A router, three nodes (one of them in this process) and one shard under a schedule drawn from a
 * seed: operations, deliveries, answers in any order, broken ways whose bytes still arrive, moves
 * of the seat, refusals, full ways, time.
 */
final class RoutingSchedule implements Transport, ReplicaModel.Shard {

  private static final int STEPS = 600;
  private static final NodeId LOCAL = C;
  private static final List<NodeId> NODES = List.of(A, B, LOCAL);
  private static final RouterSettings SETTINGS =
      new RouterSettings(
          Duration.ofSeconds(5),
          6,
          20,
          1 << 20,
          1 << 20,
          Duration.ofMillis(1),
          Duration.ofMillis(16));

  /** One connection; what is in it still arrives when it is broken, but no answer comes back. */
  private static final class Way {
    final NodeId node;
    final Deque<Operation> toNode = new ArrayDeque<>();
    boolean isBroken;

    Way(NodeId node) {
      this.node = node;
    }
  }

  private record Reply(@Nullable Way way, long seq, Answer answer) {}

  private record Asked(int id, boolean isWrite, RecordingOutcome outcome) {}

  private final SplittableRandom random;

  /** How seldom ways break and the seat moves in this schedule. */
  private final int calmOfWays;

  private final int calmOfSeat;
  private final Map<NodeId, ReplicaModel> replicas = new HashMap<>();
  private final Map<NodeId, Way> open = new HashMap<>();
  private final List<Way> ways = new ArrayList<>();
  private final List<Reply> replies = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<PlacementEntry> truths = new ArrayList<>();
  private final Map<Long, Answer> remembered = new HashMap<>();
  private final List<Integer> carriedOut = new ArrayList<>();
  private final Router router;
  private long doneBelow = 1;
  private long now = 1;
  private boolean isCalm;

  RoutingSchedule(long seed) {
    random = new SplittableRandom(seed);
    calmOfWays = 1 << random.nextInt(8);
    calmOfSeat = 1 << random.nextInt(8);
    truths.add(entry(0, 1, A));
    NODES.forEach(node -> replicas.put(node, new ReplicaModel(node, this)));
    router = new Router(SETTINGS, 1, 7, this, () -> now);
  }

  void run() {
    breakOrOpen(A);
    breakOrOpen(B);
    router.placed(truth());
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    calmDown();
    settle(400);
    // All whose deadline has not passed have had time enough for every pause there may be.
    for (Asked one : asked) {
      assertThat(one.outcome.hasEnded()).as("ended: operation %d", one.id).isTrue();
    }
    check();
  }

  private void step() {
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> submit();
      case 3, 4, 5, 6 -> deliverSome();
      case 7, 8, 9, 10 -> answerSome();
      case 11 -> {
        if (random.nextInt(calmOfWays) == 0) {
          breakOrOpen(NODES.get(random.nextInt(2)));
        }
      }
      case 12 -> {
        if (random.nextInt(calmOfSeat) == 0) {
          move();
        }
      }
      case 13 -> replica(NODES.get(random.nextInt(NODES.size()))).learn();
      case 14 -> router.placed(truths.get(random.nextInt(truths.size())));
      default -> {
        now += random.nextInt(4) == 0 ? 40 * MILLI : MILLI;
        router.tick();
      }
    }
  }

  private void submit() {
    boolean isWrite = random.nextInt(5) > 0;
    String id = String.valueOf(asked.size());
    Request request = isWrite ? put(id, "value") : get(id);
    long timeout = (random.nextInt(4) == 0 ? 20 : 5_000) * MILLI;
    Asked one = new Asked(asked.size(), isWrite, new RecordingOutcome());
    asked.add(one);
    router.submit("map", 0, request, timeout, one.outcome);
  }

  private void deliverSome() {
    if (!ways.isEmpty()) {
      Way way = ways.get(random.nextInt(ways.size()));
      for (int left = random.nextInt(4); left >= 0; left--) {
        deliver(way);
      }
    }
  }

  private void deliver(Way way) {
    Operation operation = way.toNode.poll();
    if (operation != null) {
      replica(way.node)
          .operate(
              operation, answer -> replies.add(new Reply(way, operation.seq(), strange(answer))));
    }
  }

  /** Now and then a refusal that names an older placement than it might. */
  private Answer strange(Answer answer) {
    boolean isStrange =
        !isCalm && random.nextInt(8) == 0 && (answer.isRefusal() || answer instanceof Answer.Moved);
    return isStrange ? new Answer.Moved(truths.get(random.nextInt(truths.size()))) : answer;
  }

  private void answerSome() {
    for (int left = random.nextInt(4); left >= 0 && !replies.isEmpty(); left--) {
      Reply reply = replies.remove(random.nextInt(replies.size()));
      if (reply.way == null || !reply.way.isBroken) {
        router.answered(0, reply.seq, reply.answer);
      }
    }
  }

  private void breakOrOpen(NodeId node) {
    Way way = open.remove(node);
    if (way != null) {
      way.isBroken = true;
      router.wayClosed(node);
    } else {
      Way made = new Way(node);
      ways.add(made);
      open.put(node, made);
      router.wayOpened(node);
    }
  }

  private void move() {
    PlacementEntry before = truth();
    NodeId primary = NODES.get(random.nextInt(NODES.size()));
    boolean isSameSeat = primary.equals(before.primary());
    truths.add(
        new PlacementEntry(
            0,
            before.epoch() + 1,
            isSameSeat ? before.seat() : before.epoch() + 1,
            isSameSeat ? before.prevSeat() : before.seat(),
            primary,
            List.of(primary)));
  }

  private void calmDown() {
    isCalm = true;
    NODES.forEach(node -> replica(node).learn());
    for (NodeId node : List.of(A, B)) {
      if (!open.containsKey(node)) {
        breakOrOpen(node);
      }
    }
    router.placed(truth());
  }

  private void settle(int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (Way way : List.copyOf(ways)) {
        while (!way.toNode.isEmpty()) {
          deliver(way);
        }
      }
      while (!replies.isEmpty()) {
        answerSome();
      }
      now += MILLI;
      router.tick();
    }
  }

  private void check() {
    assertThat(carriedOut).as("carried out").isSorted().doesNotHaveDuplicates();
    for (Asked one : asked) {
      RecordingOutcome outcome = one.outcome;
      assertThat(outcome.ends).as("ends: operation %d", one.id).isEqualTo(1);
      boolean wasCarriedOut = carriedOut.contains(one.id);
      if (outcome.answer != null && one.isWrite) {
        assertThat(wasCarriedOut).as("answered: operation %d", one.id).isTrue();
        assertThat(outcome.answer).isEqualTo(new Answer.Amount(one.id));
      } else if (outcome.failure != null && !(outcome.failure instanceof OutcomeUnknownException)) {
        assertThat(wasCarriedOut).as("nothing was done: operation %d", one.id).isFalse();
      }
    }
  }

  private ReplicaModel replica(NodeId node) {
    ReplicaModel replica = replicas.get(node);
    if (replica == null) {
      throw new IllegalStateException("no such node: node=" + node);
    }
    return replica;
  }

  @Override
  public PlacementEntry truth() {
    return truths.get(truths.size() - 1);
  }

  @Override
  public boolean refuses() {
    return !isCalm && random.nextInt(6) == 0;
  }

  @Override
  public Answer write(Operation operation) {
    doneBelow = Math.max(doneBelow, operation.doneBelow());
    Answer known = remembered.get(operation.seq());
    boolean isLate = now - operation.deadlineNanos() >= 0;
    if (operation.seq() < doneBelow || (known == null && isLate)) {
      return Answer.Absent.INSTANCE;
    }
    if (known != null) {
      return known;
    }
    Request.Put put = (Request.Put) operation.request();
    int id = Integer.parseInt(new String(put.key(), StandardCharsets.UTF_8));
    carriedOut.add(id);
    Answer answer = new Answer.Amount(id);
    remembered.put(operation.seq(), answer);
    return answer;
  }

  @Override
  public boolean isLocal(NodeId node) {
    return node.equals(LOCAL);
  }

  @Override
  public void execute(Operation operation) {
    replica(LOCAL)
        .operate(
            operation,
            answer -> {
              if (random.nextBoolean()) {
                router.answered(0, operation.seq(), answer);
              } else {
                replies.add(new Reply(null, operation.seq(), answer));
              }
            });
  }

  @Override
  public boolean send(NodeId node, Operation operation) {
    Way way = open.get(node);
    return way != null && (isCalm || random.nextInt(10) > 0) && way.toNode.add(operation);
  }
}
