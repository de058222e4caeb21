package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.history.Bytes;
import io.shardgrid.history.EntryCondition;
import io.shardgrid.history.EntryInput;
import io.shardgrid.history.EntryModel;
import io.shardgrid.history.EntryOutput;
import io.shardgrid.history.Finding;
import io.shardgrid.history.HistoryRecorder;
import io.shardgrid.history.KeyHistory;
import io.shardgrid.history.LinearizabilityChecker;
import io.shardgrid.history.Verdict;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Operations of all kinds on a few keys: reads, plain and conditional writes, removals, sums. What
 * their callers saw is checked for linearizability, key by key.
 */
final class SimMixedCalls {

  static final String MAP = "mixed";
  static final String UNDECIDED = "a history that cannot be judged";
  private static final String PLACE = "mixed@";
  private static final long STEPS_MAX = Long.getLong("grid.test.checker-steps", 100_000_000);
  private static final int KEYS = 3;

  /** A key is left after so many sums: those with unknown outcome cost the checker the most. */
  private static final int SUMS_A_KEY = 24;

  private final Simulation simulation;
  private final SplittableRandom random;
  private final HistoryRecorder<EntryInput, EntryOutput> recorder = new HistoryRecorder<>();
  private final SimOrder order;
  private int values;
  private int sums;

  SimMixedCalls(Simulation simulation, SimOrder order) {
    this.simulation = simulation;
    this.order = order;
    this.random = simulation.time.random;
  }

  /** Submits one operation. */
  void submit(SimNode node, int caller) {
    int shard = random.nextInt(simulation.shards);
    if (simulation.stores.isStored(MAP) && random.nextInt(20) == 0) {
      clear(node, shard);
      return;
    }
    int number = random.nextInt(KEYS);
    String key = number == 0 ? "sum" + sums++ / SUMS_A_KEY : "m" + number;
    Call call = call(key.getBytes(UTF_8), number == 0);
    SimOrder.Step step =
        order.asked(node.number, shard, key, !(call.input() instanceof EntryInput.Get));
    HistoryRecorder.Ticket<EntryInput, EntryOutput> ticket =
        recorder.invoked(PLACE + shard, Bytes.of(key), caller, call.input());
    node.router.submit(
        MAP,
        shard,
        simulation.rules.perhapsRuled(call.request()),
        simulation.timeoutNanos,
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            if (simulation.stores.isNothingDone(answer)) {
              recorder.nothingDone(ticket);
            } else if (simulation.stores.isUnconfirmed(answer)) {
              recorder.unknown(ticket);
            } else if (isNotANumber(answer) || !simulation.isOfLost(answer, shard)) {
              recorder.answered(ticket, untold(shard, output(answer)));
              note(step, answer, isBlind(call.input()));
            } else {
              recorder.unknown(ticket);
            }
          }

          @Override
          public void failed(GridException failure) {
            if (failure instanceof OutcomeUnknownException) {
              recorder.unknown(ticket);
            } else {
              recorder.nothingDone(ticket);
            }
          }
        });
  }

  /** Entries go, and are loaded again: to callers nothing has changed. */
  private void clear(SimNode node, int shard) {
    node.router.submit(
        MAP,
        shard,
        new Request.Clear(),
        simulation.timeoutNanos,
        new Outcome() {
          @Override
          public void resolved(Answer answer) {}

          @Override
          public void failed(GridException failure) {}
        });
  }

  /** A write that is applied tells its own version, a read that of the last write. */
  private static void note(SimOrder.Step step, Answer answer, boolean isBlind) {
    if (answer instanceof Answer.Entry entry) {
      step.was(entry.version(), true);
    } else if (answer instanceof Answer.Stored stored
        && stored.applied()
        && stored.version() != EntryOutput.UNTOLD) {
      step.was(stored.version(), isBlind);
    }
  }

  private static boolean isBlind(EntryInput input) {
    return input instanceof EntryInput.Put put && put.condition().equals(EntryCondition.ALWAYS);
  }

  private static boolean isNotANumber(Answer answer) {
    return answer instanceof Answer.Failed failed && failed.code() == FailureCode.NOT_A_NUMBER;
  }

  /** The same operation as the checker and as the grid know it. */
  private record Call(EntryInput input, Request request) {}

  private record Conditions(EntryCondition checked, Condition asked) {}

  private Call call(byte[] key, boolean isNumber) {
    if (random.nextDouble() < 0.4) {
      return new Call(new EntryInput.Get(), new Request.Get(key));
    }
    if (isNumber && random.nextDouble() < 0.7) {
      long delta = random.nextLong(1, 1_001);
      return new Call(new EntryInput.Add(delta), new Request.Add(key, delta));
    }
    Conditions condition = conditions();
    boolean wantsPrevious = random.nextInt(4) == 0;
    if (random.nextDouble() < 0.25) {
      return new Call(
          new EntryInput.Remove(condition.checked(), wantsPrevious),
          new Request.Remove(key, condition.asked(), wantsPrevious));
    }
    values++;
    byte[] value = Integer.toString(values).getBytes(UTF_8);
    if (condition.asked().equals(Condition.ALWAYS) && random.nextInt(6) == 0) {
      // A batch waits for no rule about one of its keys.
      return new Call(
          new EntryInput.Put(Bytes.of(value), EntryCondition.ALWAYS, false),
          new Request.PutAll(List.of(key), List.of(value), Expiry.NEVER));
    }
    return new Call(
        new EntryInput.Put(Bytes.of(value), condition.checked(), wantsPrevious),
        new Request.Put(key, value, Expiry.NEVER, condition.asked(), wantsPrevious));
  }

  private Conditions conditions() {
    byte[] last = Integer.toString(values).getBytes(UTF_8);
    return switch (random.nextInt(8)) {
      case 0 -> new Conditions(EntryCondition.ABSENT, Condition.ABSENT);
      case 1 -> new Conditions(EntryCondition.PRESENT, Condition.PRESENT);
      case 2 -> new Conditions(EntryCondition.valueIs(Bytes.of(last)), Condition.valueIs(last));
      default -> new Conditions(EntryCondition.ALWAYS, Condition.ALWAYS);
    };
  }

  private static EntryOutput output(Answer answer) {
    if (answer instanceof Answer.Entry entry) {
      return new EntryOutput.Found(Bytes.of(requireNonNull(entry.value())), entry.version());
    }
    if (answer instanceof Answer.Stored stored) {
      byte[] previous = stored.previous();
      return new EntryOutput.Stored(
          stored.applied(), stored.version(), previous == null ? null : Bytes.of(previous));
    }
    if (answer instanceof Answer.Amount amount) {
      return new EntryOutput.Sum(amount.value());
    }
    if (isNotANumber(answer)) {
      return new EntryOutput.NotANumber();
    }
    if (answer instanceof Answer.Absent) {
      return new EntryOutput.Absent();
    }
    if (answer instanceof Answer.Done) {
      return new EntryOutput.Stored(true, EntryOutput.UNTOLD, null);
    }
    throw new SimViolation("an operation failed: " + answer);
  }

  /** What is loaded again has another version than the write that it tells of. */
  private EntryOutput untold(int shard, EntryOutput output) {
    if (!simulation.stores.isStored(MAP)) {
      return output;
    }
    if (output instanceof EntryOutput.Found found) {
      boolean isOfWrite = simulation.god.isAsked(shard, found.version());
      return isOfWrite ? found : new EntryOutput.Found(found.value(), EntryOutput.UNTOLD);
    }
    return output instanceof EntryOutput.Stored stored && !stored.applied()
        ? new EntryOutput.Stored(false, EntryOutput.UNTOLD, stored.previous())
        : output;
  }

  /** What is in grid and store at the end is what one more caller reads. */
  private void readAtRest() {
    for (KeyHistory<EntryInput, EntryOutput> history : recorder.histories()) {
      int shard = Integer.parseInt(history.map().substring(PLACE.length()));
      if (simulation.isLost(shard)) {
        continue;
      }
      byte[] value = simulation.stores.valueAtRest(shard, MAP, history.key());
      HistoryRecorder.Ticket<EntryInput, EntryOutput> ticket =
          recorder.invoked(history.map(), history.key(), -1, new EntryInput.Get());
      recorder.answered(
          ticket,
          value == null
              ? new EntryOutput.Absent()
              : new EntryOutput.Found(Bytes.of(value), EntryOutput.UNTOLD));
    }
  }

  /** I7: every key's history is that of one entry, one operation after the other. */
  void check() {
    if (simulation.stores.isStored(MAP)) {
      readAtRest();
    }
    LinearizabilityChecker<EntryInput, EntryOutput> checker =
        new LinearizabilityChecker<>(new EntryModel(), STEPS_MAX);
    for (KeyHistory<EntryInput, EntryOutput> history : recorder.histories()) {
      if (simulation.isLost(Integer.parseInt(history.map().substring(PLACE.length())))) {
        continue;
      }
      Finding<EntryInput, EntryOutput> finding = checker.check(history);
      if (finding.verdict() == Verdict.NOT_LINEARIZABLE) {
        throw new SimViolation("I7 not linearizable: " + finding);
      }
      if (finding.verdict() == Verdict.UNDECIDED) {
        throw new SimViolation(UNDECIDED + ": " + finding);
      }
    }
  }
}
