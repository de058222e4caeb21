package io.shardgrid.history;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The operations on one key. Immutable if inputs and outputs are.
 *
 * @param operations in the order of their invocations; no two events have the same time
 */
public record KeyHistory<I, O>(String map, Bytes key, List<RecordedOperation<I, O>> operations) {

  /** Brings the operations into order. O(n log n). */
  public KeyHistory {
    operations =
        operations.stream().sorted(Comparator.comparingLong(RecordedOperation::invoked)).toList();
    Set<Long> times = new HashSet<>();
    for (RecordedOperation<I, O> operation : operations) {
      if (!times.add(operation.invoked())
          || (!operation.isOpen() && !times.add(operation.completed()))) {
        throw new IllegalArgumentException(
            "Two events have the same time: map=%s, key=%s, operation=%s"
                .formatted(map, key, operation));
      }
    }
  }
}
