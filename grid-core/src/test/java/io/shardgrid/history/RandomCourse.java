package io.shardgrid.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A random course of clients that ask one key: every operation takes effect at one moment between
 * its events, so that the history is linearizable by construction. Operations whose outcome is
 * unknown take effect before or after their client gave up, or never.
 */
final class RandomCourse {

  /** What clients do. */
  enum Workload {
    /** Reads and puts. */
    REGISTER,
    /** Additions and reads. */
    COUNTER,
    /** Reads, and puts and removals with conditions. */
    CONDITIONAL,
    /** Everything. */
    MIXED
  }

  /**
   * The measures of a course.
   *
   * @param clients how many operations are open at once, but for those of unknown outcome
   * @param values how many different values are put; 0 to put each but once
   * @param toldPercent how many answers tell a version
   * @param openPercent how many operations have no known outcome
   */
  record Shape(
      Workload workload,
      int clients,
      int operations,
      int values,
      int toldPercent,
      int openPercent) {}

  private static final int NOTHING_DONE_PERCENT = 3;

  private final SplittableRandom random;
  private final Shape shape;
  private final HistoryRecorder<EntryInput, EntryOutput> recorder = new HistoryRecorder<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<EntryInput> abandoned = new ArrayList<>();
  private PlainEntry entry = PlainEntry.NEVER_WRITTEN;
  private int started;

  private static final class Client {
    private final int id;
    private HistoryRecorder.@Nullable Ticket<EntryInput, EntryOutput> ticket;
    private EntryInput input = new EntryInput.Get();
    private @Nullable EntryOutput output;

    private Client(int id) {
      this.id = id;
    }
  }

  private RandomCourse(long seed, Shape shape) {
    this.random = new SplittableRandom(seed);
    this.shape = shape;
    for (int id = 0; id < shape.clients(); id++) {
      clients.add(new Client(id));
    }
  }

  static KeyHistory<EntryInput, EntryOutput> run(long seed, Shape shape) {
    return new RandomCourse(seed, shape).run();
  }

  private KeyHistory<EntryInput, EntryOutput> run() {
    while (started < shape.operations() || clients.stream().anyMatch(one -> one.ticket != null)) {
      int who = random.nextInt(clients.size() + (abandoned.isEmpty() ? 0 : 1));
      if (who == clients.size()) {
        wakeAbandoned();
      } else {
        goOn(clients.get(who));
      }
    }
    return recorder.histories().get(0);
  }

  private void wakeAbandoned() {
    if (chance(20)) {
      EntryInput input = abandoned.remove(random.nextInt(abandoned.size()));
      if (chance(50)) {
        apply(input);
      }
    }
  }

  private void goOn(Client client) {
    if (client.ticket == null) {
      if (started < shape.operations()) {
        started++;
        client.input = input();
        client.ticket = recorder.invoked("m", Bytes.of("k"), client.id, client.input);
      }
    } else if (chance(shape.openPercent())) {
      recorder.unknown(client.ticket);
      if (client.output == null) {
        abandoned.add(client.input);
      }
      forget(client);
    } else if (client.output != null) {
      recorder.answered(client.ticket, told(client.output));
      forget(client);
    } else if (chance(NOTHING_DONE_PERCENT)) {
      recorder.nothingDone(client.ticket);
      forget(client);
    } else {
      client.output = apply(client.input);
    }
  }

  private static void forget(Client client) {
    client.ticket = null;
    client.output = null;
  }

  private EntryOutput apply(EntryInput input) {
    PlainEntry.Effect effect = entry.apply(input, entry.version() + 1 + random.nextInt(3));
    entry = effect.next();
    return effect.output();
  }

  private EntryOutput told(EntryOutput output) {
    if (chance(shape.toldPercent())) {
      return output;
    }
    if (output instanceof EntryOutput.Found found) {
      return new EntryOutput.Found(found.value(), EntryOutput.UNTOLD);
    }
    if (output instanceof EntryOutput.Stored stored) {
      return new EntryOutput.Stored(stored.applied(), EntryOutput.UNTOLD, stored.previous());
    }
    return output;
  }

  private EntryInput input() {
    int kind = random.nextInt(10);
    return switch (shape.workload()) {
      case REGISTER -> kind < 5 ? new EntryInput.Get() : new EntryInput.Put(value());
      case COUNTER -> kind < 3 ? new EntryInput.Get() : new EntryInput.Add(1 + random.nextInt(3));
      case CONDITIONAL -> conditional(random.nextInt(9));
      case MIXED -> kind < 9 ? conditional(kind) : new EntryInput.Add(random.nextInt(-1, 3));
    };
  }

  private EntryInput conditional(int kind) {
    return switch (kind) {
      case 0, 1, 2 -> new EntryInput.Get();
      case 3 -> new EntryInput.Put(value());
      case 4, 5, 6 -> new EntryInput.Put(value(), condition(), chance(30));
      default -> new EntryInput.Remove(condition(), chance(30));
    };
  }

  private EntryCondition condition() {
    return switch (random.nextInt(7)) {
      case 0, 1 -> EntryCondition.ABSENT;
      case 2 -> EntryCondition.PRESENT;
      case 3 -> EntryCondition.valueIs(value());
      case 4 ->
          entry.value() == null ? EntryCondition.ALWAYS : EntryCondition.valueIs(entry.value());
      case 5 -> EntryCondition.versionIs(entry.version() + random.nextInt(3));
      default -> EntryCondition.ALWAYS;
    };
  }

  private Bytes value() {
    if (shape.values() == 0) {
      return Bytes.of("of " + started);
    }
    int number = random.nextInt(shape.values());
    return number % 3 == 2 ? Bytes.of("text " + number) : Bytes.of(number);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
