package io.shardgrid.history;

import java.util.ArrayList;
import java.util.List;

/** A history of one key, written by hand. */
final class Draft {

  private static final long STEPS_MAX = 100_000;

  private final List<RecordedOperation<EntryInput, EntryOutput>> operations = new ArrayList<>();

  /** An operation with its result, and the times of its two events. */
  Draft answered(long client, long invoked, long completed, EntryInput input, EntryOutput output) {
    operations.add(
        new RecordedOperation<>(client, input, new Outcome.Answered<>(output), invoked, completed));
    return this;
  }

  Draft nothingDone(long client, long invoked, long completed, EntryInput input) {
    operations.add(
        new RecordedOperation<>(client, input, new Outcome.NothingDone<>(), invoked, completed));
    return this;
  }

  Draft unknown(long client, long invoked, EntryInput input) {
    operations.add(
        new RecordedOperation<>(
            client, input, new Outcome.Unknown<>(), invoked, RecordedOperation.NEVER));
    return this;
  }

  KeyHistory<EntryInput, EntryOutput> history() {
    return new KeyHistory<>("m", Bytes.of("k"), operations);
  }

  Finding<EntryInput, EntryOutput> check() {
    return new LinearizabilityChecker<>(new EntryModel(), STEPS_MAX).check(history());
  }

  static EntryInput get() {
    return new EntryInput.Get();
  }

  static EntryInput put(String value) {
    return new EntryInput.Put(Bytes.of(value));
  }

  static EntryInput put(String value, EntryCondition condition) {
    return new EntryInput.Put(Bytes.of(value), condition, false);
  }

  static EntryInput getAndPut(String value) {
    return new EntryInput.Put(Bytes.of(value), EntryCondition.ALWAYS, true);
  }

  static EntryInput remove() {
    return new EntryInput.Remove(EntryCondition.ALWAYS, false);
  }

  static EntryInput remove(EntryCondition condition) {
    return new EntryInput.Remove(condition, false);
  }

  static EntryInput getAndRemove() {
    return new EntryInput.Remove(EntryCondition.ALWAYS, true);
  }

  static EntryInput add(long delta) {
    return new EntryInput.Add(delta);
  }

  static EntryCondition valueIs(String value) {
    return EntryCondition.valueIs(Bytes.of(value));
  }

  static EntryOutput found(String value, long version) {
    return new EntryOutput.Found(Bytes.of(value), version);
  }

  static EntryOutput found(String value) {
    return found(value, EntryOutput.UNTOLD);
  }

  static EntryOutput absent() {
    return new EntryOutput.Absent();
  }

  static EntryOutput done(long version) {
    return new EntryOutput.Stored(true, version, null);
  }

  static EntryOutput done() {
    return done(EntryOutput.UNTOLD);
  }

  static EntryOutput notDone(long version) {
    return new EntryOutput.Stored(false, version, null);
  }

  static EntryOutput notDone() {
    return notDone(EntryOutput.UNTOLD);
  }

  static EntryOutput doneOver(String previous) {
    return new EntryOutput.Stored(true, EntryOutput.UNTOLD, Bytes.of(previous));
  }

  static EntryOutput sum(long value) {
    return new EntryOutput.Sum(value);
  }
}
