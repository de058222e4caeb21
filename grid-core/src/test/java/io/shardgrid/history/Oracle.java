package io.shardgrid.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a history is linearizable, by trying every order, every choice of unknown operations and
 * every version that could matter. For a handful of operations.
 */
final class Oracle {

  private final Set<Long> named = new TreeSet<>();

  private Oracle(List<RecordedOperation<EntryInput, EntryOutput>> operations) {
    for (RecordedOperation<EntryInput, EntryOutput> operation : operations) {
      if (operation.input() instanceof EntryInput.Put put) {
        named.add(put.condition().version());
      } else if (operation.input() instanceof EntryInput.Remove remove) {
        named.add(remove.condition().version());
      }
      if (operation.output() instanceof EntryOutput.Found found) {
        named.add(found.version());
      } else if (operation.output() instanceof EntryOutput.Stored stored) {
        named.add(stored.version());
      }
    }
  }

  static boolean isLinearizable(KeyHistory<EntryInput, EntryOutput> history) {
    List<RecordedOperation<EntryInput, EntryOutput>> operations =
        history.operations().stream().filter(one -> one.isAnswered() || one.isOpen()).toList();
    return new Oracle(operations).hasOrder(operations, PlainEntry.NEVER_WRITTEN);
  }

  private boolean hasOrder(
      List<RecordedOperation<EntryInput, EntryOutput>> left, PlainEntry entry) {
    if (left.stream().noneMatch(RecordedOperation::isAnswered)) {
      return true;
    }
    for (RecordedOperation<EntryInput, EntryOutput> next : left) {
      boolean isNext = left.stream().noneMatch(other -> other.completed() < next.invoked());
      if (isNext) {
        List<RecordedOperation<EntryInput, EntryOutput>> rest = new ArrayList<>(left);
        rest.remove(next);
        for (long version : versionsAfter(entry.version())) {
          PlainEntry.Effect effect = entry.apply(next.input(), version);
          if (fits(next, effect.output()) && hasOrder(rest, effect.next())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Every version that somebody names, and the lowest one that nobody does. */
  private Set<Long> versionsAfter(long last) {
    Set<Long> versions = new TreeSet<>();
    for (long version : named) {
      if (version > last) {
        versions.add(version);
      }
    }
    long unnamed = last + 1;
    while (named.contains(unnamed)) {
      unnamed++;
    }
    versions.add(unnamed);
    return versions;
  }

  private static boolean fits(
      RecordedOperation<EntryInput, EntryOutput> operation, EntryOutput whole) {
    EntryOutput told = operation.output();
    if (told instanceof EntryOutput.Found some && whole instanceof EntryOutput.Found all) {
      return (some.value() == null || some.value().equals(all.value()))
          && (some.version() == EntryOutput.UNTOLD || some.version() == all.version());
    }
    if (told instanceof EntryOutput.Stored some && whole instanceof EntryOutput.Stored all) {
      return whole.equals(
          new EntryOutput.Stored(
              some.applied(),
              some.version() == EntryOutput.UNTOLD ? all.version() : some.version(),
              some.previous()));
    }
    return told == null || told.equals(whole);
  }
}
