package io.shardgrid.baseline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The value of one key of a {@link ReadMostlyMap}, shared by its two tables: live, deleted or
 * expunged. Thread-safe, without a lock.
 */
final class ReadMostlyEntry<V> {

  private static final Object EXPUNGED = new Object();

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(ReadMostlyEntry.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The value; null if deleted; EXPUNGED if it is missing from the dirty table as well. */
  private volatile @Nullable Object state;

  ReadMostlyEntry(V value) {
    this.state = value;
  }

  /** The value, or null if there is none. */
  @Nullable V value() {
    return valueOf(state);
  }

  boolean isExpunged() {
    return state == EXPUNGED;
  }

  /**
   * Writes a value in place of the one that was seen; null stands for deleted. Returns whether it
   * did: not if another value is there by now, or the entry is expunged.
   */
  boolean replace(@Nullable V before, V after) {
    return STATE.compareAndSet(this, before, after);
  }

  /** Writes a value into an entry that cannot be expunged now. Returns the one before. */
  @Nullable V swap(V value) {
    return valueOf(STATE.getAndSet(this, value));
  }

  /** Deletes the value and returns it; null if there is none. */
  @Nullable V delete() {
    while (true) {
      V before = value();
      if (before == null || STATE.compareAndSet(this, before, null)) {
        return before;
      }
    }
  }

  /** Turns deleted into expunged. Returns whether the entry is expunged; only under the lock. */
  boolean expunge() {
    Object seen = state;
    while (seen == null) {
      if (STATE.compareAndSet(this, null, EXPUNGED)) {
        return true;
      }
      seen = state;
    }
    return seen == EXPUNGED;
  }

  /** Turns expunged into deleted. Returns whether the entry was expunged; only under the lock. */
  boolean unexpunge() {
    return STATE.compareAndSet(this, EXPUNGED, null);
  }

  @SuppressWarnings("unchecked") // a state that is neither null nor EXPUNGED came in as a V
  private @Nullable V valueOf(@Nullable Object seen) {
    return seen == EXPUNGED ? null : (V) seen;
  }
}
