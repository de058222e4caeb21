package io.shardgrid.history;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one key of a map does. Begins without an entry.
 *
 * <p>A write that is applied gets a version above those of all earlier writes of the key, removals
 * included; whoever is told a version is told that of the write that made the entry. An operation
 * may leave its version untold: it is then fixed by the first operation that tells it.
 *
 * <p>Clients that write distinct values, and record the versions they are told, make checks short.
 *
 * <p>Out of its scope, and to be kept out of the histories: deadlines, and maps with a limit, whose
 * entries can vanish without anybody asking. A deadline would stand beside the value in the state,
 * its expiry be a step without an operation.
 */
public final class EntryModel implements SequentialModel<EntryState, EntryInput, EntryOutput> {

  private static final Object ABSENT = new Object();

  @Override
  public EntryState initial() {
    return EntryState.NEVER_WRITTEN;
  }

  @Override
  public @Nullable EntryState step(
      EntryState state, EntryInput input, @Nullable EntryOutput output) {
    if (input instanceof EntryInput.Put put) {
      return put(state, put, stored(input, output));
    }
    if (input instanceof EntryInput.Remove remove) {
      return remove(state, remove, stored(input, output));
    }
    if (input instanceof EntryInput.Add add) {
      return add(state, add, output);
    }
    return output == null ? null : get(state, output);
  }

  private static @Nullable EntryState get(EntryState state, EntryOutput output) {
    if (output instanceof EntryOutput.Found found) {
      boolean isSame = found.value() == null || found.value().equals(state.value());
      return state.isPresent() && isSame ? state.told(found.version()) : null;
    }
    if (output instanceof EntryOutput.Absent) {
      return state.isPresent() ? null : state;
    }
    throw misfit(new EntryInput.Get(), output);
  }

  private static @Nullable EntryState put(
      EntryState state, EntryInput.Put put, EntryOutput.@Nullable Stored output) {
    if (isWrongAboutPrevious(state, put.wantsPrevious(), output)) {
      return null;
    }
    if (output != null && !output.applied()) {
      EntryState now = state.whereNot(put.condition());
      return now == null ? null : now.told(output.version());
    }
    EntryState now = state.where(put.condition());
    return now == null ? null : now.written(put.value(), versionOf(output));
  }

  private static @Nullable EntryState remove(
      EntryState state, EntryInput.Remove remove, EntryOutput.@Nullable Stored output) {
    if (isWrongAboutPrevious(state, remove.wantsPrevious(), output)) {
      return null;
    }
    if (output != null && !output.applied()) {
      EntryState now = state.isPresent() ? state.whereNot(remove.condition()) : state;
      return now == null ? null : now.told(output.version());
    }
    EntryState now = state.isPresent() ? state.where(remove.condition()) : null;
    return now == null ? null : now.written(null, versionOf(output));
  }

  private static @Nullable EntryState add(
      EntryState state, EntryInput.Add add, @Nullable EntryOutput output) {
    if (output != null
        && !(output instanceof EntryOutput.Sum)
        && !(output instanceof EntryOutput.NotANumber)) {
      throw misfit(add, output);
    }
    OptionalLong sum = sum(state.value(), add.delta());
    if (output instanceof EntryOutput.NotANumber) {
      return sum.isPresent() ? null : state;
    }
    if (sum.isEmpty()
        || (output instanceof EntryOutput.Sum told && told.value() != sum.getAsLong())) {
      return null;
    }
    return state.written(Bytes.of(sum.getAsLong()), EntryOutput.UNTOLD);
  }

  /** Empty if the value is no number or the sum does not fit 64 bits. */
  private static OptionalLong sum(@Nullable Bytes value, long delta) {
    OptionalLong number = value == null ? OptionalLong.of(0) : value.decimal();
    if (number.isEmpty()) {
      return number;
    }
    long sum = number.getAsLong() + delta;
    boolean isOver = ((number.getAsLong() ^ sum) & (delta ^ sum)) < 0;
    return isOver ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private static boolean isWrongAboutPrevious(
      EntryState state, boolean wantsPrevious, EntryOutput.@Nullable Stored output) {
    Bytes expected = wantsPrevious ? state.value() : null;
    return output != null && !Objects.equals(output.previous(), expected);
  }

  private static long versionOf(EntryOutput.@Nullable Stored output) {
    return output == null ? EntryOutput.UNTOLD : output.version();
  }

  private static EntryOutput.@Nullable Stored stored(
      EntryInput input, @Nullable EntryOutput output) {
    if (output == null || output instanceof EntryOutput.Stored) {
      return (EntryOutput.Stored) output;
    }
    throw misfit(input, output);
  }

  private static IllegalArgumentException misfit(EntryInput input, EntryOutput output) {
    return new IllegalArgumentException(
        "An output that its input never has: input=%s, output=%s".formatted(input, output));
  }

  @Override
  public boolean isReadOnly(EntryInput input, EntryOutput output) {
    return output instanceof EntryOutput.Stored stored
        ? !stored.applied()
        : !(output instanceof EntryOutput.Sum);
  }

  @Override
  public boolean covers(EntryState some, EntryState other) {
    return Objects.equals(some.value(), other.value()) && some.versions().covers(other.versions());
  }

  @Override
  public Object mark(EntryState state) {
    return markOf(state.value());
  }

  /** The mark of states with this value; null for none. */
  static Object markOf(@Nullable Bytes value) {
    return value == null ? ABSENT : value;
  }

  @Override
  public Foresight<EntryState, EntryInput, EntryOutput> foresight(
      List<RecordedOperation<EntryInput, EntryOutput>> operations) {
    return new EntryForesight(operations);
  }
}
