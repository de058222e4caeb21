package io.shardgrid.member;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * How Pekko's membership spreads one change, in simulated time: its rules of whom to tell, and
 * what, for a cluster of one data centre in which everybody reaches everybody.
 */
final class GossipModel {
  /*
   * Each member has a version, the set of those that have made the change (an entry each of the
   * vector clock), and the members of which it knows that they have seen that version.
   *
   * A tick: to somebody who has not seen it, all; to a random one, if all have, only the version and
   * a digest of who has seen it. Three ticks an interval while less than half have seen it.
   * Whoever gets all keeps the newer one, or merges two of which none is, which nobody but it has
   * seen then, and sends all back to one that does not know that it has seen it, or is behind.
   * Whoever gets a digest that differs sends all.
   *
   * Up to 400 members, and from 40 to 400 times as surely above, a tick prefers those that have not
   * seen the version: the probability is worked out from 400 itself and so is never below 1.
   *
   * Source: ClusterDaemon.scala (gossipTick, gossip, receiveGossip, receiveGossipStatus) and
   * MembershipState.scala (GossipTargetSelector, convergence) of Pekko 1.7.
   */

  static final double INTERVAL_MILLIS = 500;

  private static final double LATENCY_MILLIS = 1;
  private static final double END_MILLIS = 120_000;

  private final int members;
  private final Random random;
  private final List<State> states = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::millis).thenComparingInt(Event::order));
  private double nowMillis;
  private int scheduled;
  private int wholes;
  private int digests;
  private int merges;
  private long clockEntries;
  private double allKnowMillis = -1;

  /** What a member knows. */
  private static final class State {
    BitSet version = new BitSet();
    BitSet seen = new BitSet();
  }

  private record Event(double millis, int order, Runnable action) {}

  /**
   * What a change took.
   *
   * @param allKnowMillis until every member had the last version
   * @param convergedMillis until the first member, the leader, knew that all had
   * @param wholes messages that carried the whole state
   * @param digests messages that did not
   * @param merges states that were merged from two
   * @param clockEntries entries of vector clocks in all the whole states
   */
  record Course(
      double allKnowMillis,
      double convergedMillis,
      int wholes,
      int digests,
      int merges,
      long clockEntries) {}

  GossipModel(int members, long seed) {
    this.members = members;
    this.random = new Random(seed);
    for (int member = 0; member < members; member++) {
      State state = new State();
      state.seen.set(0, members);
      states.add(state);
    }
  }

  /** The change is made by so many members, each for itself, within so many milliseconds. */
  Course run(int origins, double withinMillis) {
    for (int member = 0; member < members; member++) {
      int one = member;
      after(random.nextDouble() * INTERVAL_MILLIS, () -> tick(one));
    }
    for (int origin = 0; origin < origins; origin++) {
      int one = members - 1 - origin;
      after(random.nextDouble() * withinMillis, () -> change(one));
    }
    while (!hasConverged()) {
      Event next = events.remove();
      nowMillis = next.millis();
      if (nowMillis > END_MILLIS) {
        throw new IllegalStateException("no convergence: members=" + members);
      }
      next.action().run();
    }
    return new Course(allKnowMillis, nowMillis, wholes, digests, merges, clockEntries);
  }

  private boolean hasConverged() {
    State leader = states.get(0);
    return !leader.version.isEmpty()
        && leader.seen.cardinality() == members
        && scheduled > 0
        && allKnowMillis >= 0;
  }

  private void change(int origin) {
    State state = states.get(origin);
    state.version = with(state.version, origin);
    state.seen = with(new BitSet(), origin);
    noteKnown();
  }

  private void tick(int member) {
    after(INTERVAL_MILLIS, () -> tick(member));
    gossip(member);
    if (isHurried(member)) {
      after(INTERVAL_MILLIS / 3, () -> hurry(member));
      after(INTERVAL_MILLIS * 2 / 3, () -> hurry(member));
    }
  }

  private void hurry(int member) {
    if (isHurried(member)) {
      gossip(member);
    }
  }

  private boolean isHurried(int member) {
    return states.get(member).seen.cardinality() < members / 2;
  }

  private void gossip(int member) {
    State state = states.get(member);
    int unseen = members - state.seen.cardinality();
    if (unseen == 0) {
      int to = random.nextInt(members - 1);
      sendDigest(member, to < member ? to : to + 1);
      return;
    }
    int to = -1;
    for (int skip = random.nextInt(unseen); skip >= 0; skip--) {
      to = state.seen.nextClearBit(to + 1);
    }
    sendWhole(member, to);
  }

  private void sendWhole(int from, int to) {
    State state = states.get(from);
    BitSet version = state.version;
    BitSet seen = state.seen;
    wholes++;
    clockEntries += version.cardinality();
    after(LATENCY_MILLIS, () -> receiveWhole(from, to, version, seen));
  }

  private void sendDigest(int from, int to) {
    State state = states.get(from);
    BitSet version = state.version;
    BitSet seen = state.seen;
    digests++;
    after(LATENCY_MILLIS, () -> receiveDigest(from, to, version, seen));
  }

  private void receiveWhole(int from, int to, BitSet version, BitSet seen) {
    State own = states.get(to);
    boolean isTalkedBack;
    if (version.equals(own.version)) {
      isTalkedBack = !seen.get(to);
      own.seen = union(own.seen, seen);
    } else if (contains(own.version, version)) {
      isTalkedBack = true;
    } else if (contains(version, own.version)) {
      isTalkedBack = !seen.get(to);
      own.version = version;
      own.seen = seen;
    } else {
      isTalkedBack = true;
      merges++;
      own.version = union(own.version, version);
      own.seen = new BitSet();
    }
    own.seen = with(own.seen, to);
    noteKnown();
    if (isTalkedBack) {
      sendWhole(to, from);
    }
  }

  private void receiveDigest(int from, int to, BitSet version, BitSet seen) {
    State own = states.get(to);
    if (!seen.equals(own.seen)) {
      sendWhole(to, from);
    } else if (!version.equals(own.version)) {
      if (contains(version, own.version)) {
        sendDigest(to, from);
      } else {
        sendWhole(to, from);
      }
    }
  }

  private void noteKnown() {
    BitSet newest = states.get(0).version;
    boolean isKnown =
        !newest.isEmpty() && states.stream().allMatch(state -> state.version.equals(newest));
    if (isKnown && allKnowMillis < 0) {
      allKnowMillis = nowMillis;
    } else if (!isKnown) {
      allKnowMillis = -1;
    }
  }

  private static boolean contains(BitSet large, BitSet small) {
    BitSet rest = (BitSet) small.clone();
    rest.andNot(large);
    return rest.isEmpty();
  }

  private static BitSet union(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  private static BitSet with(BitSet set, int member) {
    BitSet more = (BitSet) set.clone();
    more.set(member);
    return more;
  }

  private void after(double millis, Runnable action) {
    events.add(new Event(nowMillis + millis, scheduled++, action));
  }
}
