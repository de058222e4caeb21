package io.shardgrid.rule;

import org.jspecify.annotations.Nullable;

/**
 * The entry of a call as the rule sees and changes it, and what comes of that. Confined to the
 * thread that runs the rule.
 *
 * <p>The last word counts: a set behind a delete makes the entry anew, without the deadline it had,
 * and a delete behind a set removes it. Reads see what the rule itself has done.
 */
final class EntryDraft {

  private static final long NEVER = 0;

  private final boolean existed;
  private byte @Nullable [] value;
  private long deadlineMillis;
  private boolean isChanged;

  EntryDraft(byte @Nullable [] value, long deadlineMillis) {
    this.existed = value != null;
    this.value = value;
    this.deadlineMillis = deadlineMillis;
  }

  byte @Nullable [] value() {
    return value;
  }

  /** Wall time at which it ends; 0 for never, and for an entry that does not exist. */
  long deadlineMillis() {
    return deadlineMillis;
  }

  /** Replaces the value; the deadline stays. */
  void set(byte[] bytes) {
    value = bytes;
    isChanged = true;
  }

  /**
   * Removes the entry.
   *
   * @return whether there was one
   */
  boolean delete() {
    boolean was = value != null;
    value = null;
    deadlineMillis = NEVER;
    isChanged |= was;
    return was;
  }

  /**
   * Sets when the entry ends.
   *
   * @param atMillis wall time; 0 for never
   * @return whether there is one
   */
  boolean expire(long atMillis) {
    if (value == null) {
      return false;
    }
    deadlineMillis = atMillis;
    isChanged = true;
    return true;
  }

  /** What becomes of the entry. */
  RuleEffect effect() {
    if (!isChanged) {
      return RuleEffect.NONE;
    }
    byte[] last = value;
    if (last != null) {
      return new RuleEffect.Put(last, deadlineMillis);
    }
    return existed ? RuleEffect.DELETE : RuleEffect.NONE;
  }
}
