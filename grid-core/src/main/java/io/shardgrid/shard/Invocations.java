package io.shardgrid.shard;

import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are under way on entries of this shard, and what has to wait for them. Confined to
 * its replica.
 */
final class Invocations {

  /*
   * A rule runs outside of the shard's turns, on a thread of its own, and comes back with what is
   * to become of its entry. Until then the shard goes on with all others:
   *
   * - writes to the key of a rule that may change it wait, so that whoever writes it most does not
   *   have the rule begin again and again. What changes the entry all the same (a batch, an expiry,
   *   an eviction) is seen by its version, and the rule begins anew;
   * - all writes of a client wait behind those of it that wait already, since a client's writes to
   *   a shard are numbered in the order of its numbers;
   * - a read waits for writes to its key that its own client has asked for before. Others see the
   *   entry as it is.
   *
   * Nothing is numbered, promised or remembered while a rule runs. If this replica does not act any
   * more, all of it is let go, as if it had come now, and what a rule brings then is ignored.
   */
  private final Map<Long, Running> running = new LinkedHashMap<>();

  private final Map<Entry, Running> deciding = new HashMap<>();

  /** How many writes of a client are under way or wait. */
  private final Map<Long, Integer> writers = new HashMap<>();

  private final HoldBuffer waiting;
  private long tickets;

  /** What names an entry in its shard. */
  private record Entry(String map, ByteBuffer key) {
    static Entry of(String map, byte[] key) {
      return new Entry(map, ByteBuffer.wrap(key));
    }
  }

  /** A rule that is under way. */
  static final class Running {
    private final Invocation invocation;
    private final Operation operation;
    private final AnswerSink from;
    private boolean isDropped;

    Running(Invocation invocation, Operation operation, AnswerSink from) {
      this.invocation = invocation;
      this.operation = operation;
      this.from = from;
    }

    Operation operation() {
      return operation;
    }

    AnswerSink from() {
      return from;
    }

    /** Whether nobody waits for it any more, and that was said. */
    boolean isDropped() {
      return isDropped;
    }

    private Entry entry() {
      return Entry.of(operation.map(), invocation.request().key());
    }
  }

  Invocations(ReplicaSettings bounds) {
    this.waiting = new HoldBuffer(bounds.heldOperationsMax(), bounds.heldBytesMax());
  }

  /** Whether nothing is under way; then nothing waits either. */
  boolean isIdle() {
    return running.isEmpty();
  }

  /** Whether an operation has to wait for a rule, or behind one that does. */
  boolean isBlocking(Operation operation) {
    if (running.isEmpty()) {
      return false;
    }
    Request request = operation.request();
    byte[] key = request.key();
    boolean isBehindOwn = writers.containsKey(operation.client());
    if (request.kind().isWrite()) {
      return isBehindOwn || (key != null && deciding.containsKey(Entry.of(operation.map(), key)));
    }
    return isBehindOwn && (key == null || isWrittenByItself(operation, key));
  }

  private boolean isWrittenByItself(Operation read, byte[] key) {
    Entry entry = Entry.of(read.map(), key);
    Running one = deciding.get(entry);
    return (one != null && one.operation.client() == read.client())
        || waiting.has(
            operation -> {
              byte[] written = operation.request().key();
              return operation.client() == read.client()
                  && operation.request().kind().isWrite()
                  && (written == null || entry.equals(Entry.of(operation.map(), written)));
            });
  }

  /** Has an operation wait; false if as many do as may. */
  boolean offer(Operation operation, AnswerSink from) {
    if (!waiting.offer(operation, from)) {
      return false;
    }
    count(operation, 1);
    return true;
  }

  /** The name of the next one. */
  long nextTicket() {
    tickets++;
    return tickets;
  }

  /** A rule begins. */
  void began(Running one) {
    running.put(one.invocation.ticket(), one);
    if (one.invocation.mayChange()) {
      deciding.put(one.entry(), one);
      count(one.operation, 1);
    }
  }

  /** A rule has ended; null if it was let go before. */
  @Nullable Running end(Invocation invocation) {
    Running one = running.remove(invocation.ticket());
    if (one != null && invocation.mayChange()) {
      deciding.remove(one.entry());
      count(one.operation, -1);
    }
    return one;
  }

  /** Takes all out that waits, oldest first; what must go on waiting comes back in its order. */
  List<HoldBuffer.Held> takeWaiting() {
    List<HoldBuffer.Held> all = waiting.takeAll();
    all.forEach(one -> count(one.operation(), -1));
    return all;
  }

  /** Lets all go, in the order in which it came: those under way, and those that wait. */
  List<HoldBuffer.Held> letGo() {
    List<HoldBuffer.Held> all = new ArrayList<>();
    for (Running one : List.copyOf(running.values())) {
      end(one.invocation);
      if (!one.isDropped) {
        all.add(new HoldBuffer.Held(one.operation, one.from, 0));
      }
    }
    all.addAll(takeWaiting());
    return all;
  }

  /**
   * Drops what is too late; how many these were. A rule that is under way for one of them keeps its
   * place until it ends.
   */
  int dropLate(long nowNanos, ReplicaEffects effects) {
    int dropped = waiting.dropLate(nowNanos, effects, operation -> count(operation, -1));
    for (Running one : running.values()) {
      if (!one.isDropped && nowNanos - one.operation.deadlineNanos() > 0) {
        one.isDropped = true;
        dropped++;
        effects.drop(one.operation, one.from);
      }
    }
    return dropped;
  }

  private void count(Operation operation, int more) {
    if (operation.request().kind().isWrite()) {
      writers.merge(operation.client(), more, Invocations::sumOrNone);
    }
  }

  /** None instead of 0, so that the table has only those who have some. */
  private static @Nullable Integer sumOrNone(Integer some, Integer more) {
    int sum = some + more;
    return sum == 0 ? null : sum;
  }
}
