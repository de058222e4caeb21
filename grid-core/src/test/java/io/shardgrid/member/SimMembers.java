package io.shardgrid.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Members that ask each other and judge, over connections that can be cut, in simulated time. Who
 * was taken out spreads by gossip, and is removed from a member's view a while later.
 */
final class SimMembers {

  private static final long TICK = 100;
  private static final long GOSSIP = 300;
  private static final long REMOVAL = 800;
  private static final long UP = 3_000;

  private static final DowningSettings SETTINGS =
      new DowningSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(12));

  private final Random random;
  private final List<SimMember> processes = new ArrayList<>();
  private final Set<Set<SimMember>> cuts = new HashSet<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMillis;
  private final StringBuilder trace = new StringBuilder();
  private long scheduled;

  /** Something that happens at a time; what was planned first comes first. */
  private record Event(long millis, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  /** One node. */
  final class SimMember {
    private final int number;
    private final NodeId id;
    private final Downing downing;
    private final double rate = 0.97 + 0.06 * random.nextDouble();
    private final TreeSet<Integer> members = new TreeSet<>();
    private final Set<Integer> down = new HashSet<>();
    private final Set<Integer> removed = new HashSet<>();
    private final Set<Integer> joining = new HashSet<>();
    private boolean isRunning = true;
    private long pausedUntil;

    private SimMember(int number) {
      this.number = number;
      this.id = new NodeId("n", number + 1, number);
      this.downing = new Downing(id, SETTINGS);
    }

    int number() {
      return number;
    }

    boolean isRunning() {
      return isRunning;
    }

    void kill() {
      trace("kill " + number);
      isRunning = false;
      for (SimMember other : processes) {
        if (isConnected(this, other)) {
          after(random.nextInt(100), () -> other.handle(() -> other.downing.refused(id)));
        }
      }
    }

    void pause(long millis) {
      trace("pause " + number + " " + millis);
      pausedUntil = Math.max(pausedUntil, nowMillis + millis);
    }

    private void handle(Runnable action) {
      if (isRunning && nowMillis < pausedUntil) {
        at(pausedUntil, () -> handle(action));
      } else if (isRunning) {
        action.run();
      }
    }

    private long nanos() {
      return (long) (nowMillis * rate * 1e6);
    }

    private void viewChanged() {
      downing.members(
          members.stream()
              .map(
                  one ->
                      new MemberView(
                          processes.get(one).id,
                          "",
                          "",
                          1,
                          0,
                          0,
                          0,
                          joining.contains(one) ? Standing.JOINING : Standing.UP))
              .toList(),
          nanos());
    }

    private void start() {
      tick();
      gossip();
    }

    private void tick() {
      handle(
          () -> {
            for (int other : members) {
              ping(processes.get(other));
            }
            downing
                .judge(nanos(), node -> false)
                .down()
                .keySet()
                .forEach(node -> take(node.port() - 1));
          });
      after(TICK, () -> handle(this::tick));
    }

    private void ping(SimMember other) {
      long sent = nanos();
      Hearing hearing = downing.hearing(sent);
      send(
          this,
          other,
          () -> {
            if (other.members.contains(number)) {
              other.downing.told(id, hearing, other.nanos());
              send(other, this, () -> downing.heard(other.id, sent));
            }
          });
    }

    private void gossip() {
      handle(
          () -> {
            Set<Integer> known = new HashSet<>(down);
            for (SimMember other : processes) {
              send(this, other, () -> other.learn(this, known));
            }
          });
      after(GOSSIP, () -> handle(this::gossip));
    }

    private void learn(SimMember from, Set<Integer> known) {
      if (members.contains(from.number) || known.contains(number)) {
        known.forEach(this::take);
      }
    }

    private void take(int node) {
      if (!members.contains(node) || !down.add(node)) {
        return;
      }
      if (node == number) {
        trace("ends " + number);
        isRunning = false;
        return;
      }
      trace(number + " takes out " + node);
      after(REMOVAL, () -> remove(node));
    }

    /** As in Pekko: when all that are not taken out have heard of it, and not before. */
    private void remove(int node) {
      if (!isRunning) {
        return;
      }
      if (nowMillis < pausedUntil || !members.stream().allMatch(other -> knows(other, node))) {
        after(TICK, () -> remove(node));
        return;
      }
      members.remove(node);
      removed.add(node);
      trace(number + " removes " + node);
      viewChanged();
      checkNoTwoClusters();
    }

    private boolean knows(int other, int node) {
      SimMember one = processes.get(other);
      return down.contains(other) || one.down.contains(node) || one.removed.contains(node);
    }

    /** Two that removed each other serve the same shards. */
    private void checkNoTwoClusters() {
      for (SimMember other : processes) {
        if (other.isRunning && other.removed.contains(number) && removed.contains(other.number)) {
          throw new AssertionError(
              number + " and " + other.number + " removed each other\n" + trace);
        }
      }
    }
  }

  SimMembers(Random random, int count) {
    this.random = random;
    for (int i = 0; i < count; i++) {
      processes.add(new SimMember(i));
    }
    for (SimMember one : processes) {
      processes.forEach(other -> one.members.add(other.number));
      one.viewChanged();
      after(random.nextInt((int) TICK), one::start);
    }
  }

  /** One more member, which a while later is a full one, if all hear each other then. */
  SimMember join() {
    SimMember late = new SimMember(processes.size());
    processes.add(late);
    trace("join " + late.number);
    List<SimMember> known = processes.stream().filter(SimMember::isRunning).toList();
    known.forEach(one -> late.members.addAll(one.members));
    late.members.add(late.number);
    for (SimMember one : known) {
      one.members.add(late.number);
      one.joining.add(late.number);
      one.viewChanged();
    }
    after(1, late::start);
    after(UP, () -> up(late, known));
    return late;
  }

  private void up(SimMember late, List<SimMember> known) {
    boolean isWhole =
        known.stream()
            .allMatch(
                one ->
                    one.members.stream().allMatch(other -> processes.get(other).isRunning)
                        && nowMillis >= one.pausedUntil
                        && known.stream().allMatch(other -> isConnected(one, other)));
    if (isWhole) {
      trace("up " + late.number);
      for (SimMember one : known) {
        one.joining.remove(late.number);
        one.viewChanged();
      }
    } else {
      after(UP, () -> up(late, known.stream().filter(SimMember::isRunning).toList()));
    }
  }

  private void trace(String what) {
    trace.append(nowMillis).append(' ').append(what).append('\n');
  }

  List<SimMember> processes() {
    return processes;
  }

  long nowMillis() {
    return nowMillis;
  }

  Set<Integer> members(SimMember one) {
    return one.members;
  }

  void cut(SimMember one, SimMember other) {
    trace("cut " + one.number + other.number);
    cuts.add(Set.of(one, other));
  }

  void heal() {
    trace("heal");
    cuts.clear();
  }

  private boolean isConnected(SimMember one, SimMember other) {
    return one == other || !cuts.contains(Set.of(one, other));
  }

  private void send(SimMember from, SimMember to, Runnable action) {
    after(
        random.nextInt(20),
        () -> {
          if (isConnected(from, to)) {
            to.handle(action);
          }
        });
  }

  private void after(long millis, Runnable action) {
    at(nowMillis + millis, action);
  }

  private void at(long millis, Runnable action) {
    events.add(new Event(millis, scheduled++, action));
  }

  void run(long untilMillis) {
    while (!events.isEmpty() && events.peek().millis() <= untilMillis) {
      Event next = events.remove();
      nowMillis = next.millis();
      next.action().run();
    }
    nowMillis = untilMillis;
  }

  /** Whoever is left hears all others that are left, and knows of nobody else. */
  void checkOneCluster(int seed) {
    List<SimMember> left = processes.stream().filter(SimMember::isRunning).toList();
    TreeSet<Integer> numbers = new TreeSet<>();
    left.forEach(one -> numbers.add(one.number));
    for (SimMember one : left) {
      assertThat(one.members)
          .as("seed %d: members seen by %d%n%s", seed, one.number, trace)
          .isEqualTo(numbers);
      assertThat(left)
          .as("seed %d: connected with %d%n%s", seed, one.number, trace)
          .allMatch(other -> isConnected(one, other));
    }
  }
}
