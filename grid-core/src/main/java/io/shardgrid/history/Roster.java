package io.shardgrid.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one check, numbered: first the answered ones, then the unknown ones, each in
 * the order of their invocations. Those that did nothing are left out.
 */
final class Roster<I, O> {

  private final List<RecordedOperation<I, O>> operations;
  private final int answered;

  /** Takes operations in the order of their invocations. */
  Roster(List<RecordedOperation<I, O>> history) {
    List<RecordedOperation<I, O>> known =
        history.stream().filter(RecordedOperation::isAnswered).toList();
    Stream<RecordedOperation<I, O>> open = history.stream().filter(RecordedOperation::isOpen);
    operations = new ArrayList<>(known);
    open.forEach(operations::add);
    answered = known.size();
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
    return operations.get(number).invoked();
  }

  long completed(int number) {
    return operations.get(number).completed();
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
    IntStream.range(0, answered)
        .boxed()
        .sorted(Comparator.comparingLong(this::completed))
        .forEach(number -> returns.append(0, number));
    return returns;
  }
}
