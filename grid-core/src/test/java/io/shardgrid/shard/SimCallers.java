package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Callers on every node that append tokens to keys and read them, several operations at a time, and
 * the check of all they saw. The value of a key is the list of the writes to it in their order, so
 * every read tells a prefix of its history.
 */
final class SimCallers {

  private static final int CALLERS_A_NODE = 3;
  private static final String MAP = "log";
  private static final char SEPARATOR = ' ';

  private final Simulation simulation;
  private final SimTime time;
  private final Map<Key, List<Seen>> history = new HashMap<>();
  private final int keysAShard;
  private final double writeShare;
  private final SimOrder order = new SimOrder();
  private final SimValues values;
  private final SimMixedCalls mixed;
  private final SimFadingCalls fading;
  private final SimBulkCalls bulk;
  private int tokens;
  private int completed;
  private int unknown;

  private record Key(int shard, int number) {

    byte[] bytes() {
      return ("k" + number).getBytes(UTF_8);
    }
  }

  /** One operation as its caller saw it. */
  private static final class Seen {
    final int caller;
    final @Nullable String token;
    final long begunNanos;
    long endedNanos = Long.MAX_VALUE;
    @Nullable String value;

    /** How many writes the value tells of. */
    int length;

    boolean isDone;
    boolean isNothingDone;

    Seen(int caller, @Nullable String token, long begunNanos) {
      this.caller = caller;
      this.token = token;
      this.begunNanos = begunNanos;
    }

    @Override
    public String toString() {
      return "caller %d %s %.3f..%.3f %s"
          .formatted(
              caller,
              token == null ? "reads" : "appends " + token,
              begunNanos / 1e6,
              endedNanos / 1e6,
              isDone ? (token == null ? "[" + value + "]" : "done") : isNothingDone ? "no" : "?");
    }
  }

  SimCallers(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time;
    this.values = new SimValues(simulation);
    this.mixed = new SimMixedCalls(simulation, order);
    this.fading = new SimFadingCalls(simulation, values);
    this.bulk = new SimBulkCalls(simulation, values);
    this.keysAShard = 1 + time.random.nextInt(3);
    this.writeShare = 0.3 + 0.5 * time.random.nextDouble();
  }

  void start(SimNode node) {
    for (int i = 0; i < CALLERS_A_NODE; i++) {
      int caller = node.number * 100 + i;
      node.schedule(time.nowNanos() + time.between(0, 100), () -> call(node, caller));
    }
  }

  private void call(SimNode node, int caller) {
    if (simulation.isOver() || !(node.isMember || node.isExpelled)) {
      return;
    }
    int burst = time.chance(0.2) ? 1 + time.random.nextInt(8) : 1;
    for (int i = 0; i < burst; i++) {
      Key key = new Key(time.random.nextInt(simulation.shards), time.random.nextInt(keysAShard));
      switch (time.random.nextInt(10)) {
        case 0 -> fading.submit(node);
        case 1 -> bulk.submit(node);
        case 2, 3, 4 -> mixed.submit(node, caller);
        default -> submit(node, caller, key, time.chance(writeShare));
      }
    }
    long pause = time.chance(0.1) ? time.between(0, 800) : time.between(1, 60);
    node.schedule(time.nowNanos() + pause, () -> call(node, caller));
  }

  private void submit(SimNode node, int caller, Key key, boolean isWrite) {
    String token = isWrite ? Integer.toString(++tokens) : null;
    Request request =
        isWrite
            ? new Request.Append(key.bytes(), (token + SEPARATOR).getBytes(UTF_8))
            : new Request.Get(key.bytes());
    Seen seen = new Seen(caller, token, time.nowNanos());
    history.computeIfAbsent(key, any -> new ArrayList<>()).add(seen);
    node.router.submit(
        MAP,
        key.shard(),
        simulation.rules.perhapsRuled(request),
        simulation.timeoutNanos,
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            ended(seen);
            seen.isDone = answer.kind() != Answer.Kind.FAILED;
            seen.value =
                answer instanceof Answer.Entry entry
                    ? new String(requireNonNull(entry.value()), UTF_8)
                    : "";
            seen.length = length(seen.value);
            completed += simulation.isOfLost(answer, key.shard()) ? 0 : 1;
          }

          @Override
          public void failed(GridException failure) {
            ended(seen);
            seen.isNothingDone = !(failure instanceof OutcomeUnknownException);
            unknown++;
          }
        });
  }

  private void ended(Seen seen) {
    if (seen.endedNanos != Long.MAX_VALUE) {
      throw new SimViolation("an operation ended twice: " + seen);
    }
    seen.endedNanos = time.nowNanos();
  }

  int completed() {
    return completed;
  }

  int failedOrUnknown() {
    return unknown;
  }

  /** I8: no operation of a running node is left. */
  void checkAllEnded() {
    for (Map.Entry<Key, List<Seen>> one : history.entrySet()) {
      for (Seen seen : one.getValue()) {
        boolean isOpen = seen.endedNanos == Long.MAX_VALUE;
        SimNode node = simulation.nodes.get(seen.caller / 100 - 1);
        if (isOpen && !node.isDead) {
          throw new SimViolation("I8 an operation has not ended: " + one.getKey() + " " + seen);
        }
      }
    }
  }

  /** I7: the final value of each key explains all that was seen of it. */
  void check(FinalValues last) {
    mixed.check();
    values.check(simulation::isLost);
    history.forEach(
        (key, all) -> {
          if (!simulation.isLost(key.shard())) {
            check(key, all, last.of(key.shard(), MAP, key.bytes()));
          }
        });
    order.check(simulation::isLost);
  }

  /** What a key's value is in the end. */
  interface FinalValues {
    byte @Nullable [] of(int shard, String map, byte[] key);
  }

  private void check(Key key, List<Seen> all, byte @Nullable [] last) {
    String end = last == null ? "" : new String(last, UTF_8);
    List<String> writes = end.isEmpty() ? List.of() : Arrays.asList(end.split(" "));
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      if (places.put(writes.get(i), i) != null) {
        throw new SimViolation("I7 a write took effect twice: " + key + " " + writes.get(i));
      }
    }
    for (Seen seen : all) {
      Integer place = seen.token == null ? null : places.get(seen.token);
      if (place == null && seen.token != null && seen.isDone) {
        throw new SimViolation("an acknowledged write is lost: " + key + " " + seen);
      }
      if (place != null && seen.isNothingDone) {
        throw new SimViolation("a write took effect that was told not to: " + key + " " + seen);
      }
      noteOrder(key, seen, place);
    }
    checkTimes(key, all, places, writes.size());
    checkReads(key, all, end, places);
  }

  private void noteOrder(Key key, Seen seen, @Nullable Integer place) {
    SimOrder.Step step =
        order.asked(seen.caller / 100, key.shard(), "k" + key.number(), seen.token != null);
    if (place != null) {
      step.was(place + 1, seen.isDone);
    } else if (seen.token == null && seen.isDone) {
      step.was(seen.length, true);
    }
  }

  /** A write that ended before another began is before it. */
  private static void checkTimes(Key key, List<Seen> all, Map<String, Integer> places, int length) {
    Seen[] byPlace = new Seen[length];
    for (Seen seen : all) {
      Integer place = seen.token == null ? null : places.get(seen.token);
      if (place != null) {
        byPlace[place] = seen;
      }
    }
    long earliestEnd = Long.MAX_VALUE;
    for (int place = length - 1; place >= 0; place--) {
      Seen seen = byPlace[place];
      if (seen == null) {
        throw new SimViolation("a value nobody wrote: " + key);
      }
      if (seen.begunNanos > earliestEnd) {
        throw new SimViolation("a later write is before an earlier one: " + key + " " + seen);
      }
      if (seen.isDone) {
        earliestEnd = Math.min(earliestEnd, seen.endedNanos);
      }
    }
  }

  /**
   * A read shows a prefix of the value in the end, at least as much as was seen or acknowledged
   * before it began, and nothing that began after it ended. O(n log n).
   */
  private static void checkReads(Key key, List<Seen> all, String end, Map<String, Integer> places) {
    long[] latestBegun = new long[places.size() + 1];
    NavigableMap<Long, Integer> shown = new TreeMap<>();
    for (Seen seen : all) {
      Integer place = seen.token == null ? null : places.get(seen.token);
      if (place != null) {
        latestBegun[place + 1] = seen.begunNanos;
      }
      if (seen.isDone) {
        int length = place != null ? place + 1 : seen.length;
        shown.merge(seen.endedNanos, length, Math::max);
      }
    }
    for (int place = 1; place < latestBegun.length; place++) {
      latestBegun[place] = Math.max(latestBegun[place], latestBegun[place - 1]);
    }
    int most = 0;
    for (Map.Entry<Long, Integer> one : shown.entrySet()) {
      most = Math.max(most, one.getValue());
      one.setValue(most);
    }
    for (Seen read : all) {
      if (read.token == null && read.isDone) {
        checkRead(key, read, end, shown.lowerEntry(read.begunNanos), latestBegun);
      }
    }
  }

  private static void checkRead(
      Key key,
      Seen read,
      String end,
      Map.@Nullable Entry<Long, Integer> shownBefore,
      long[] latestBegun) {
    String value = read.value == null ? "" : read.value;
    if (!end.startsWith(value)) {
      throw new SimViolation("a read saw what was taken back: " + key + " " + read);
    }
    int length = read.length;
    if (shownBefore != null && shownBefore.getValue() > length) {
      throw new SimViolation("a stale read: " + key + " " + read + ", shown=" + shownBefore);
    }
    if (latestBegun[length] > read.endedNanos) {
      throw new SimViolation("a read from the future: " + key + " " + read);
    }
  }

  private static int length(String value) {
    int length = 0;
    for (int i = value.indexOf(SEPARATOR); i >= 0; i = value.indexOf(SEPARATOR, i + 1)) {
      length++;
    }
    return length;
  }
}
