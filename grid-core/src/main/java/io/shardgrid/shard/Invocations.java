package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait for something outside of the shard's turns, a rule or a store, and what
 * has to wait for them. Confined to its replica.
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
   * An operation whose entries are looked for in a store waits as well. Writes to its key go on:
   * they make the entry that it waits for, and what is loaded then does not count. What its client
   * asks for behind it waits by the same two rules.
   *
   * Nothing is numbered, promised or remembered while a rule runs. If this replica does not act any
   * more, all of it is let go, as if it had come now, and what a rule brings then is ignored.
   */
  private final Map<Long, Running> running = new LinkedHashMap<>();

  /** The latest for each entry; the others, of one that was looked for in a store, behind it. */
  private final Map<Entry, Running> deciding = new HashMap<>();

  /** How many writes of a client are under way or wait. */
  private final Map<Long, Integer> writers = new HashMap<>();

  private final HoldBuffer waiting;
  private long tickets;

  /** What names an entry in its shard. Compared by the bytes of its key. */
  private record Entry(String map, byte[] key) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry && map.equals(entry.map) && Arrays.equals(key, entry.key);
    }

    @Override
    public int hashCode() {
      return 31 * map.hashCode() + Arrays.hashCode(key);
    }
  }

  /** An operation for which a rule is under way, or entries are looked for in a store. */
  static final class Running {
    private final long ticket;
    private final @Nullable Invocation invocation;
    private final Operation operation;
    private final AnswerSink from;

    /** Whose writes wait for it; null if none do. */
    private final @Nullable Entry decided;

    /** One that has begun before it to decide about the same entry. */
    private @Nullable Running before;

    private boolean isDropped;
    private boolean isOvertaken;

    Running(long ticket, @Nullable Invocation invocation, Operation operation, AnswerSink from) {
      this.ticket = ticket;
      this.invocation = invocation;
      this.operation = operation;
      this.from = from;
      this.decided =
          invocation != null && invocation.mayChange()
              ? new Entry(operation.map(), invocation.request().key())
              : null;
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

    /** Whether its key was written since it began, as far as that was said. */
    boolean isOvertaken() {
      return isOvertaken;
    }

    /** Whether later writes of its client wait for it. */
    private boolean isHolding() {
      return invocation == null || decided != null;
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
      return isBehindOwn || (key != null && deciding.containsKey(new Entry(operation.map(), key)));
    }
    return isBehindOwn && (key == null || isWrittenByItself(operation, key));
  }

  private boolean isWrittenByItself(Operation read, byte[] key) {
    Entry entry = new Entry(read.map(), key);
    for (Running one = deciding.get(entry); one != null; one = one.before) {
      if (one.operation.client() == read.client()) {
        return true;
      }
    }
    return waiting.has(operation -> isWriteBefore(operation, read, entry))
        || running.values().stream()
            .anyMatch(
                other -> other.invocation == null && isWriteBefore(other.operation, read, entry));
  }

  private static boolean isWriteBefore(Operation write, Operation read, Entry entry) {
    byte[] written = write.request().key();
    return write.client() == read.client()
        && write.request().kind().isWrite()
        && (written == null || entry.equals(new Entry(write.map(), written)));
  }

  /** Has an operation wait; false if as many do as may. */
  boolean offer(Operation operation, AnswerSink from) {
    if (!waiting.offer(operation, from)) {
      return false;
    }
    count(operation, 1);
    return true;
  }

  /** Says that a key was written, where an entry may go and come again without a write. */
  void written(String map, byte[] key) {
    Running one = deciding.isEmpty() ? null : deciding.get(new Entry(map, key));
    for (; one != null; one = one.before) {
      one.isOvertaken = true;
    }
  }

  /** The name of the next one. */
  long nextTicket() {
    tickets++;
    return tickets;
  }

  /** A rule begins, or entries are looked for in a store. */
  void began(Running one) {
    running.put(one.ticket, one);
    if (one.decided != null) {
      one.before = deciding.put(one.decided, one);
    }
    if (one.isHolding()) {
      count(one.operation, 1);
    }
  }

  /** A rule has ended; null if it was let go before. */
  @Nullable Running end(Invocation invocation) {
    Running one = running.remove(invocation.ticket());
    if (one != null) {
      ended(one);
    }
    return one;
  }

  /** Something has ended; false if it was let go before. */
  boolean end(Running one) {
    boolean isUnderWay = running.remove(one.ticket, one);
    if (isUnderWay) {
      ended(one);
    }
    return isUnderWay;
  }

  private void ended(Running one) {
    Entry entry = one.decided;
    if (entry != null && (one.before != null || !deciding.remove(entry, one))) {
      takeOut(entry, one);
    }
    if (one.isHolding()) {
      count(one.operation, -1);
    }
  }

  /** Takes one out of several that decide about an entry. */
  private void takeOut(Entry entry, Running one) {
    Running later = requireNonNull(deciding.get(entry));
    if (later == one) {
      deciding.put(entry, requireNonNull(one.before));
      return;
    }
    while (later.before != one) {
      later = requireNonNull(later.before);
    }
    later.before = one.before;
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
      end(one);
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
