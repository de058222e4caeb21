package io.shardgrid.history;

import io.shardgrid.history.EntryCondition.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be told of the operations on one key by the values and versions that clients saw. */
final class EntryForesight implements Foresight<EntryState, EntryInput, EntryOutput> {

  /** What an answer needs that is impossible, whatever the state. */
  private static final Object NOWHERE = new Object();

  private final Set<Bytes> seen = new HashSet<>();
  private final EntryRanks ranks;
  private final boolean hasAdditions;
  private final boolean hasOpenAdditions;

  /** Stands for every value that nobody saw or expected. */
  private record Unseen(
      EntryCondition condition, boolean wantsPrevious, @Nullable EntryOutput output) {}

  EntryForesight(List<RecordedOperation<EntryInput, EntryOutput>> operations) {
    boolean isAdded = false;
    boolean isAddedPerhaps = false;
    for (RecordedOperation<EntryInput, EntryOutput> operation : operations) {
      see(operation.input());
      see(operation.output());
      if (operation.input() instanceof EntryInput.Add) {
        isAdded = true;
        isAddedPerhaps |= operation.isOpen();
      }
    }
    hasAdditions = isAdded;
    hasOpenAdditions = isAddedPerhaps;
    ranks = EntryRanks.of(operations);
  }

  private void see(EntryInput input) {
    if (input instanceof EntryInput.Put put && put.condition().kind() == Kind.VALUE_IS) {
      seen.add(put.condition().expected());
    } else if (input instanceof EntryInput.Remove remove
        && remove.condition().kind() == Kind.VALUE_IS) {
      seen.add(remove.condition().expected());
    }
  }

  private void see(@Nullable EntryOutput output) {
    if (output instanceof EntryOutput.Found found && found.value() != null) {
      seen.add(found.value());
    } else if (output instanceof EntryOutput.Stored stored && stored.previous() != null) {
      seen.add(stored.previous());
    }
  }

  /**
   * A value that is in no answer and no condition could be any other such value without changing
   * what any operation comes to. Numbers are seen by additions.
   */
  @Override
  public Object likeness(EntryInput input, @Nullable EntryOutput output) {
    if (input instanceof EntryInput.Put put
        && !seen.contains(put.value())
        && !(hasAdditions && put.value().decimal().isPresent())) {
      return new Unseen(put.condition(), put.wantsPrevious(), output);
    }
    return Foresight.super.likeness(input, output);
  }

  @Override
  public @Nullable Object needs(EntryInput input, EntryOutput output) {
    if (input instanceof EntryInput.Add add) {
      return output instanceof EntryOutput.Sum sum ? addend(add, sum) : null;
    }
    if (output instanceof EntryOutput.Found found) {
      return found.value() == null ? null : value(found.value());
    }
    if (output instanceof EntryOutput.Absent) {
      return EntryModel.markOf(null);
    }
    return output instanceof EntryOutput.Stored stored ? neededBy(input, stored) : null;
  }

  private @Nullable Object neededBy(EntryInput input, EntryOutput.Stored stored) {
    if (input instanceof EntryInput.Put put) {
      boolean isImpossible = !stored.applied() && put.condition().kind() == Kind.ALWAYS;
      return isImpossible ? NOWHERE : neededBy(put.condition(), put.wantsPrevious(), stored);
    }
    if (input instanceof EntryInput.Remove remove) {
      boolean isVain = !stored.applied() && remove.condition().kind() == Kind.ALWAYS;
      return isVain
          ? EntryModel.markOf(null)
          : neededBy(remove.condition(), remove.wantsPrevious(), stored);
    }
    return null;
  }

  private @Nullable Object neededBy(
      EntryCondition condition, boolean wantsPrevious, EntryOutput.Stored stored) {
    if (wantsPrevious) {
      return stored.previous() == null ? EntryModel.markOf(null) : value(stored.previous());
    }
    if (stored.previous() != null) {
      return NOWHERE;
    }
    return switch (condition.kind()) {
      case ALWAYS, VERSION_IS -> null;
      case ABSENT -> stored.applied() ? EntryModel.markOf(null) : null;
      case PRESENT -> stored.applied() ? null : EntryModel.markOf(null);
      case VALUE_IS -> stored.applied() ? value(condition.expected()) : null;
    };
  }

  /** The number that was added to; none if it is 0, which an absent entry is too. */
  private @Nullable Object addend(EntryInput.Add add, EntryOutput.Sum sum) {
    long before = sum.value() - add.delta();
    return before == 0 ? null : value(Bytes.of(before));
  }

  /** A value as a mark, unless it is a number that an unknown addition could make as well. */
  private @Nullable Object value(Bytes value) {
    return hasOpenAdditions && value.decimal().isPresent() ? null : value;
  }

  @Override
  public @Nullable Object makes(EntryInput input, @Nullable EntryOutput output) {
    boolean isVain = output instanceof EntryOutput.Stored stored && !stored.applied();
    return input instanceof EntryInput.Remove && !isVain
        ? EntryModel.markOf(null)
        : made(input, output);
  }

  /** The value that an operation stores if it changes anything; null if none, or not known. */
  static @Nullable Bytes made(EntryInput input, @Nullable EntryOutput output) {
    if (input instanceof EntryInput.Put put) {
      boolean isVain = output instanceof EntryOutput.Stored stored && !stored.applied();
      return isVain ? null : put.value();
    }
    return output instanceof EntryOutput.Sum sum ? Bytes.of(sum.value()) : null;
  }

  @Override
  public long rank(EntryInput input, @Nullable EntryOutput output) {
    return ranks.rank(input, output);
  }

  @Override
  public long floor(EntryState state) {
    return ranks.floor(state);
  }
}
