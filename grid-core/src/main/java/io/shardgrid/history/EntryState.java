package io.shardgrid.history;

import org.jspecify.annotations.Nullable;

/**
 * One key of a map: its value, and what its clients can know of its version. Immutable.
 *
 * @param value null if there is no entry
 * @param versions of the last write; of a removal only the least one matters
 */
record EntryState(@Nullable Bytes value, Versions versions) {

  /** A key that was never written. */
  static final EntryState NEVER_WRITTEN = new EntryState(null, Versions.atLeast(0));

  /** Nobody is ever told the version of an absent entry, so its upper end says nothing. */
  EntryState {
    versions = value == null ? Versions.atLeast(versions.least()) : versions;
  }

  boolean isPresent() {
    return value != null;
  }

  /** This state where the condition holds; null if it cannot hold. */
  @Nullable EntryState where(EntryCondition condition) {
    return switch (condition.kind()) {
      case ALWAYS -> this;
      case ABSENT -> isPresent() ? null : this;
      case PRESENT -> isPresent() ? this : null;
      case VALUE_IS -> condition.expected().equals(value) ? this : null;
      case VERSION_IS -> isPresent() ? with(versions.where(condition.version())) : null;
    };
  }

  /** This state where the condition does not hold; null if it must hold. */
  @Nullable EntryState whereNot(EntryCondition condition) {
    return switch (condition.kind()) {
      case ALWAYS -> null;
      case ABSENT -> isPresent() ? this : null;
      case PRESENT -> isPresent() ? null : this;
      case VALUE_IS -> condition.expected().equals(value) ? null : this;
      case VERSION_IS -> isPresent() ? with(versions.whereNot(condition.version())) : this;
    };
  }

  /** This state where a client is told this version of what is there; null if it cannot be. */
  @Nullable EntryState told(long version) {
    if (version == EntryOutput.UNTOLD) {
      return this;
    }
    if (!isPresent()) {
      return version == 0 ? this : null;
    }
    return with(versions.where(version));
  }

  /** The state after a write whose client is told this version; null if it cannot have it. */
  @Nullable EntryState written(@Nullable Bytes next, long version) {
    Versions later = version == EntryOutput.UNTOLD ? versions.next() : versions.next(version);
    return later == null ? null : new EntryState(next, later);
  }

  private @Nullable EntryState with(@Nullable Versions some) {
    return some == null ? null : new EntryState(value, some);
  }

  @Override
  public String toString() {
    return (isPresent() ? value : "absent, last write") + " " + versions;
  }
}
