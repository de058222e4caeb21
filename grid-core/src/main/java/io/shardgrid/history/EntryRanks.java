package io.shardgrid.history;

import io.shardgrid.history.EntryCondition.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the operations on one key follow in their order: versions, or the sums of a counter. */
interface EntryRanks {

  /** See {@link Foresight#rank}. */
  long rank(EntryInput input, @Nullable EntryOutput output);

  /** See {@link Foresight#floor}. */
  long floor(EntryState state);

  /** The ranks of a history. */
  static EntryRanks of(List<RecordedOperation<EntryInput, EntryOutput>> operations) {
    boolean onlyCounts =
        operations.stream()
            .map(RecordedOperation::input)
            .allMatch(
                input ->
                    input instanceof EntryInput.Get
                        || (input instanceof EntryInput.Add add && add.delta() >= 0));
    return onlyCounts ? new OfSums() : new OfVersions(operations);
  }

  /**
   * Of a key that is only added to: the sum never falls. An operation has the sum that it finds as
   * its rank.
   */
  final class OfSums implements EntryRanks {

    @Override
    public long rank(EntryInput input, @Nullable EntryOutput output) {
      if (input instanceof EntryInput.Add add && output instanceof EntryOutput.Sum sum) {
        return Math.max(0, sum.value() - add.delta());
      }
      if (output instanceof EntryOutput.Found found && found.value() != null) {
        return Math.max(0, found.value().decimal().orElse(0));
      }
      return 0;
    }

    @Override
    public long floor(EntryState state) {
      return state.value() == null ? 0 : state.value().decimal().orElse(0);
    }
  }

  /**
   * Of any key. An operation that finds version v has the rank 2 v; one that makes version v, and
   * is not known to find a certain one, has the rank 2 v - 1, since it comes before those that find
   * it. The version of a write that is the only one of its value is told by whoever finds that, and
   * tells what they found who are told no version.
   */
  final class OfVersions implements EntryRanks {

    private final Map<Bytes, Long> versions = new HashMap<>();

    OfVersions(List<RecordedOperation<EntryInput, EntryOutput>> operations) {
      Set<Bytes> made = new HashSet<>();
      Set<Bytes> madeTwice = new HashSet<>();
      boolean hasOpenAdditions = false;
      for (RecordedOperation<EntryInput, EntryOutput> operation : operations) {
        EntryInput input = operation.input();
        EntryOutput output = operation.output();
        hasOpenAdditions |= input instanceof EntryInput.Add && operation.isOpen();
        Bytes value = EntryForesight.made(input, output);
        if (value != null && !made.add(value)) {
          madeTwice.add(value);
        }
        if (output instanceof EntryOutput.Found found) {
          learn(found.value(), found.version());
        } else if (output instanceof EntryOutput.Stored stored) {
          learn(stored.applied() ? value : stored.previous(), stored.version());
        }
      }
      versions.keySet().removeAll(madeTwice);
      if (hasOpenAdditions) {
        versions.keySet().removeIf(value -> value.decimal().isPresent());
      }
    }

    private void learn(@Nullable Bytes value, long version) {
      if (value != null && version != EntryOutput.UNTOLD) {
        versions.put(value, version);
      }
    }

    @Override
    public long rank(EntryInput input, @Nullable EntryOutput output) {
      if (output instanceof EntryOutput.Found found) {
        return 2 * versionOf(found.value(), found.version());
      }
      if (output instanceof EntryOutput.Stored stored && !stored.applied()) {
        return 2 * versionOf(stored.previous(), stored.version());
      }
      EntryCondition condition = conditionOf(input);
      if (output != null && condition != null && condition.kind() == Kind.VERSION_IS) {
        return Math.max(0, 2 * condition.version());
      }
      long made = madeVersion(input, output);
      return made > 0 ? 2 * made - 1 : 2 * foundVersion(condition, output);
    }

    /** The version of the state in which the write with this answer found the key, if known. */
    private long foundVersion(@Nullable EntryCondition condition, @Nullable EntryOutput output) {
      if (!(output instanceof EntryOutput.Stored stored)) {
        return 0;
      }
      Bytes found =
          condition != null && condition.kind() == Kind.VALUE_IS
              ? condition.expected()
              : stored.previous();
      return versionOf(found, EntryOutput.UNTOLD);
    }

    private long madeVersion(EntryInput input, @Nullable EntryOutput output) {
      long told =
          output instanceof EntryOutput.Stored stored ? stored.version() : EntryOutput.UNTOLD;
      return versionOf(EntryForesight.made(input, output), told);
    }

    /** The version that was told; if none was, that of the only write of the value; or 0. */
    private long versionOf(@Nullable Bytes value, long told) {
      if (told != EntryOutput.UNTOLD) {
        return told;
      }
      return value == null ? 0 : versions.getOrDefault(value, 0L);
    }

    private static @Nullable EntryCondition conditionOf(EntryInput input) {
      if (input instanceof EntryInput.Put put) {
        return put.condition();
      }
      return input instanceof EntryInput.Remove remove ? remove.condition() : null;
    }

    @Override
    public long floor(EntryState state) {
      return 2 * state.versions().least();
    }
  }
}
