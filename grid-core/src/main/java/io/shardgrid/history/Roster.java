package io.shardgrid.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one check, numbered: first the answered ones, then the unknown ones, each in
 * the order of their invocations. Those that did nothing are left out. Immutable.
 */
final class Roster<I, O> {

  private final List<RecordedOperation<I, O>> operations;
  private final long[] invoked;
  private final long[] completed;
  private final int answered;

  /** Takes operations in the order of their invocations. */
  Roster(List<RecordedOperation<I, O>> history) {
    List<RecordedOperation<I, O>> known =
        history.stream().filter(RecordedOperation::isAnswered).toList();
    Stream<RecordedOperation<I, O>> open = history.stream().filter(RecordedOperation::isOpen);
    operations = new ArrayList<>(known);
    open.forEach(operations::add);
    answered = known.size();
    invoked = operations.stream().mapToLong(RecordedOperation::invoked).toArray();
    completed = operations.stream().mapToLong(RecordedOperation::completed).toArray();
  }

  private Roster(Roster<I, O> other, int[] order, long[] invoked, long[] completed) {
    operations = IntStream.of(order).mapToObj(other::operation).toList();
    this.invoked = IntStream.of(order).mapToLong(number -> invoked[number]).toArray();
    this.completed = IntStream.of(order).mapToLong(number -> completed[number]).toArray();
    answered = other.answered;
  }

  /** The same operations between other times, numbered by these. */
  Roster<I, O> within(long[] from, long[] to) {
    IntStream answers = sorted(IntStream.range(0, answered), from);
    IntStream unknown = sorted(IntStream.range(answered, size()), from);
    return new Roster<>(this, IntStream.concat(answers, unknown).toArray(), from, to);
  }

  private static IntStream sorted(IntStream numbers, long[] by) {
    return numbers
        .boxed()
        .sorted(Comparator.comparingLong(number -> by[number]))
        .mapToInt(Integer::intValue);
  }

  int size() {
    return operations.size();
  }

  /** How many are answered: their numbers are those below. */
  int answered() {
    return answered;
  }

  List<RecordedOperation<I, O>> operations() {
    return operations;
  }

  RecordedOperation<I, O> operation(int number) {
    return operations.get(number);
  }

  I input(int number) {
    return operations.get(number).input();
  }

  @Nullable O output(int number) {
    return operations.get(number).output();
  }

  long invoked(int number) {
    return invoked[number];
  }

  long completed(int number) {
    return completed[number];
  }

  /** A list of the answered ones by their invocations. */
  LinkedOrders calls() {
    LinkedOrders calls = new LinkedOrders(answered, 1);
    IntStream.range(0, answered).forEach(number -> calls.append(0, number));
    return calls;
  }

  /** A list of the answered ones by their ends. */
  LinkedOrders returns() {
    LinkedOrders returns = new LinkedOrders(answered, 1);
    sorted(IntStream.range(0, answered), completed).forEach(number -> returns.append(0, number));
    return returns;
  }
}
