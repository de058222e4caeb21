package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.town.City;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps the book of all that a load writes, so that every value that is read can be judged. Each
 * town has changes, numbered from 1, and visits. A change adds an inhabitant for each one before it
 * too, so a value tells which change it is of.
 *
 * <p>Changes and visits of one town are sent by one thread, in order; what is done may be noted by
 * any.
 */
final class TownLedger {
  /*
   * One client's writes of one key take effect in the order in which they were sent. So what is
   * there is the last change of those that took effect: no older one than the last that was
   * acknowledged before it was asked for, and none that was not sent yet when the answer came. Once
   * all that was sent is acknowledged, that is exactly one value.
   */

  /** A value is not there. */
  static final String NO_ENTRY = "NoEntry";

  /** A value lacks a write that had been acknowledged. */
  static final String STALE = "LostWrite";

  /** A value is one that nobody has written. */
  static final String UNKNOWN = "UnknownValue";

  private final List<City> towns;
  private final AtomicIntegerArray changesSent;
  private final AtomicIntegerArray changesDone;
  private final AtomicIntegerArray visitsSent;
  private final AtomicIntegerArray visitsDone;
  private final LongAdder judged = new LongAdder();

  TownLedger(List<City> towns) {
    this.towns = List.copyOf(towns);
    this.changesSent = new AtomicIntegerArray(towns.size());
    this.changesDone = new AtomicIntegerArray(towns.size());
    this.visitsSent = new AtomicIntegerArray(towns.size());
    this.visitsDone = new AtomicIntegerArray(towns.size());
  }

  int size() {
    return towns.size();
  }

  String id(int town) {
    return towns.get(town).id();
  }

  /** The town after so many changes. */
  City changed(int town, int changes) {
    City first = towns.get(town);
    return first.withPopulation(first.population() + changes);
  }

  /** Notes that a change is about to be sent. Returns its number. */
  int sendChange(int town) {
    return changesSent.incrementAndGet(town);
  }

  /** Notes that a change was acknowledged. */
  void changeDone(int town, int number) {
    changesDone.accumulateAndGet(town, number, Math::max);
  }

  /** The last change that was acknowledged. */
  int changesDone(int town) {
    return changesDone.get(town);
  }

  /** Notes that a visit is about to be sent. */
  void sendVisit(int town) {
    visitsSent.incrementAndGet(town);
  }

  /** Notes that a visit was acknowledged. */
  void visitDone(int town) {
    visitsDone.incrementAndGet(town);
  }

  /** Visits that were acknowledged. */
  int visitsDone(int town) {
    return visitsDone.get(town);
  }

  /** Whether there has to be a counter of visits. */
  boolean hasCounter(int town) {
    return visitsDone.get(town) > 0;
  }

  /**
   * What is wrong with a town as it was read; empty if nothing is.
   *
   * @param changesMin changes that had been acknowledged when it was asked for
   */
  String judgeTown(int town, int changesMin, Optional<City> found) {
    judged.increment();
    if (found.isEmpty()) {
      return NO_ENTRY;
    }
    long changes = found.get().population() - towns.get(town).population();
    if (changes < 0
        || changes > changesSent.get(town)
        || !found.get().equals(changed(town, (int) changes))) {
      return UNKNOWN;
    }
    return changes < changesMin ? STALE : "";
  }

  /**
   * The same of a counter of visits.
   *
   * @param visitsMin visits that it has to have counted
   */
  String judgeVisits(int town, int visitsMin, Optional<Long> found) {
    judged.increment();
    if (found.isEmpty()) {
      return NO_ENTRY;
    }
    if (found.get() > visitsSent.get(town)) {
      return UNKNOWN;
    }
    return found.get() < visitsMin ? STALE : "";
  }

  /** How many values were judged. */
  long judged() {
    return judged.sum();
  }

  /** How many writes were acknowledged. O(towns). */
  long writesDone() {
    long writes = 0;
    for (int town = 0; town < towns.size(); town++) {
      writes += changesDone.get(town) + visitsDone.get(town);
    }
    return writes;
  }

  /** How many towns may have a counter of visits: those of visits with no answer too. O(towns). */
  long countersMax() {
    long counters = 0;
    for (int town = 0; town < towns.size(); town++) {
      counters += visitsSent.get(town) > 0 ? 1 : 0;
    }
    return counters;
  }
}
