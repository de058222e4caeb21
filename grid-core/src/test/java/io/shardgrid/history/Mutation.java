package io.shardgrid.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Changes one thing in a history, which may make it wrong or not. */
final class Mutation {

  private final SplittableRandom random;

  private Mutation(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The history with one answer changed, taken away, or moved in time. */
  static KeyHistory<EntryInput, EntryOutput> of(
      KeyHistory<EntryInput, EntryOutput> history, long seed) {
    List<RecordedOperation<EntryInput, EntryOutput>> operations =
        new ArrayList<>(history.operations());
    int[] answered =
        IntStream.range(0, operations.size())
            .filter(at -> operations.get(at).isAnswered())
            .toArray();
    if (answered.length > 0) {
      Mutation mutation = new Mutation(seed);
      int at = answered[mutation.random.nextInt(answered.length)];
      operations.set(at, mutation.change(operations.get(at), history));
    }
    return new KeyHistory<>(history.map(), history.key(), operations);
  }

  private RecordedOperation<EntryInput, EntryOutput> change(
      RecordedOperation<EntryInput, EntryOutput> one, KeyHistory<EntryInput, EntryOutput> history) {
    int kind = random.nextInt(8);
    if (kind == 0) {
      return new RecordedOperation<>(
          one.client(), one.input(), new Outcome.NothingDone<>(), one.invoked(), one.completed());
    }
    if (kind == 1) {
      long end = 1 + history.operations().stream().mapToLong(Mutation::lastEvent).max().orElse(0);
      return new RecordedOperation<>(one.client(), one.input(), one.outcome(), end, end + 1);
    }
    EntryOutput output = one.output();
    EntryOutput changed = output == null ? new EntryOutput.Absent() : change(output);
    return new RecordedOperation<>(
        one.client(), one.input(), new Outcome.Answered<>(changed), one.invoked(), one.completed());
  }

  private static long lastEvent(RecordedOperation<EntryInput, EntryOutput> operation) {
    return operation.isOpen() ? operation.invoked() : operation.completed();
  }

  private EntryOutput change(EntryOutput output) {
    if (output instanceof EntryOutput.Found found) {
      return switch (random.nextInt(3)) {
        case 0 -> new EntryOutput.Absent();
        case 1 -> new EntryOutput.Found(found.value(), near(found.version()));
        default -> new EntryOutput.Found(Bytes.of(random.nextInt(3)), found.version());
      };
    }
    if (output instanceof EntryOutput.Stored stored) {
      return switch (random.nextInt(3)) {
        case 0 -> new EntryOutput.Stored(!stored.applied(), EntryOutput.UNTOLD, stored.previous());
        case 1 ->
            new EntryOutput.Stored(stored.applied(), near(stored.version()), stored.previous());
        default ->
            new EntryOutput.Stored(
                stored.applied(),
                stored.version(),
                stored.previous() == null ? Bytes.of(random.nextInt(3)) : null);
      };
    }
    if (output instanceof EntryOutput.Sum sum) {
      return random.nextInt(4) == 0
          ? new EntryOutput.NotANumber()
          : new EntryOutput.Sum(sum.value() + random.nextInt(-1, 2));
    }
    return output instanceof EntryOutput.Absent
        ? new EntryOutput.Found(Bytes.of(random.nextInt(3)), EntryOutput.UNTOLD)
        : new EntryOutput.Sum(random.nextInt(3));
  }

  private long near(long version) {
    return version == EntryOutput.UNTOLD
        ? 1 + random.nextInt(12)
        : Math.max(1, version + random.nextInt(-2, 3));
  }
}
