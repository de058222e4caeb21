package io.shardgrid.shard;

import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Operations that wait, in the order they came, until this replica can tell what to do with them.
 *
 * <p>Bounded in count and bytes; an operation larger than all the room is taken into an empty
 * buffer, so that it cannot be refused for ever. Confined to its replica.
 */
final class HoldBuffer {

  private final int operationsMax;
  private final long bytesMax;
  private final ArrayDeque<Held> queue = new ArrayDeque<>();
  private long bytes;

  /** An operation that waits, with who is to be answered. */
  record Held(Operation operation, AnswerSink from, long bytes) {}

  HoldBuffer(int operationsMax, long bytesMax) {
    this.operationsMax = operationsMax;
    this.bytesMax = bytesMax;
  }

  /** Takes an operation in, or answers false when the buffer is full. */
  boolean offer(Operation operation, AnswerSink from) {
    long size = Footprint.of(operation);
    boolean isFull = queue.size() >= operationsMax || bytes + size > bytesMax;
    if (isFull && !queue.isEmpty()) {
      return false;
    }
    queue.add(new Held(operation, from, size));
    bytes += size;
    return true;
  }

  /** Takes the oldest operation out; null when there is none. */
  @Nullable Held poll() {
    Held held = queue.poll();
    if (held != null) {
      bytes -= held.bytes();
    }
    return held;
  }

  /** Takes all out, oldest first. */
  List<Held> takeAll() {
    List<Held> all = List.copyOf(queue);
    queue.clear();
    bytes = 0;
    return all;
  }

  int size() {
    return queue.size();
  }

  long bytes() {
    return bytes;
  }

  /** Whether there is one of which this is true. O(size). */
  boolean has(Predicate<Operation> wanted) {
    return queue.stream().anyMatch(held -> wanted.test(held.operation()));
  }

  /** Drops what is past its deadline; how many these were. O(size). */
  int dropLate(long nowNanos, ReplicaEffects effects) {
    return dropLate(nowNanos, effects, operation -> {});
  }

  /**
   * The same.
   *
   * @param each is told of each that is dropped
   */
  int dropLate(long nowNanos, ReplicaEffects effects, Consumer<Operation> each) {
    int before = queue.size();
    queue.removeIf(
        held -> {
          boolean isLate = nowNanos - held.operation().deadlineNanos() > 0;
          if (isLate) {
            bytes -= held.bytes();
            each.accept(held.operation());
            effects.drop(held.operation(), held.from());
          }
          return isLate;
        });
    return before - queue.size();
  }
}
