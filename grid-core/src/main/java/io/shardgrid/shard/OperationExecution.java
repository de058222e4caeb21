package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.LoggedWrite.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Carries operations out as the primary: once each, logging what they change, and saying on which
 * write each answer depends. Confined to its replica.
 */
final class OperationExecution {

  private final ReplicaState state;
  private final RequestExecution requests;

  /** What was numbered and is not logged yet. */
  private final WriteJournal journal;

  private long lastRemoval;
  private long needed;
  private boolean isNumbered;
  private boolean isToBeRuled;
  private long dropped;

  OperationExecution(
      int shard,
      ReplicaState state,
      ReplicaSettings bounds,
      WriteJournal journal,
      @Nullable StoreSide stores) {
    this.state = state;
    this.requests = new RequestExecution(shard, state.store, bounds, stores);
    this.journal = journal;
  }

  /** The replica begins to act: all that was removed before may be what a read misses. */
  void seatTaken(long nowNanos) {
    lastRemoval = state.log.length();
    state.store.answers().heardAll(nowNanos);
  }

  /** Why a write must not be carried out now; null if it may, or was already, or is a read. */
  @Nullable String refusal(Operation operation) {
    if (!operation.request().kind().isWrite()) {
      return null;
    }
    AnswerWindow window = state.store.answers().window(operation.client());
    boolean isRepeat = window != null && window.find(operation.seq()) != null;
    return isRepeat ? null : state.store.answers().refusal(window, operation);
  }

  /**
   * Carries an operation out; null if nobody waits for its answer any more, or a rule has to decide
   * first. {@link #needed} belongs to the answer.
   *
   * @param ruling what a rule has decided about the entry as it is now; null if none was asked
   * @param reign in which it is carried out
   */
  @Nullable Answer execute(
      Operation operation, @Nullable Ruling ruling, long nowNanos, PrimarySide reign) {
    isNumbered = false;
    isToBeRuled = false;
    boolean isLogKept = !reign.isAlone();
    if (operation.request().kind().isWrite()) {
      return write(operation, ruling, nowNanos, isLogKept);
    }
    if (isLate(operation, nowNanos)) {
      dropped++;
      return null;
    }
    if (operation.request() instanceof Request.Export export) {
      needed = state.log.length();
      return reign.copies().exports().read(operation.client(), export, nowNanos);
    }
    Answer answer = read(operation.map(), operation.request(), isLogKept);
    needed = dependsOn(answer);
    return answer;
  }

  /** Carries a read out that somebody waits for; what it {@link #dependsOn} belongs to it. */
  Answer read(String map, Request request, boolean isLogKept) {
    Answer answer = requests.read(map, request);
    logOwn(isLogKept);
    return answer;
  }

  /**
   * Carries a write out that nobody repeats, and nobody has to be told of; {@link #needed} belongs
   * to its answer.
   */
  Answer write(String map, Request request) {
    Answer answer = requests.write(map, request, null);
    logOwn(false);
    needed = state.log.length();
    return answer;
  }

  /** The version of an entry as it is now; 0 for none. */
  long version(String map, byte[] key, boolean isLogKept) {
    return read(map, new Request.Peek(key), isLogKept) instanceof Answer.Entry entry
        ? entry.version()
        : 0;
  }

  /**
   * Whether an operation would be carried out now: somebody waits for it, and it was not before.
   */
  boolean isToBeDone(Operation operation, long nowNanos) {
    if (isLate(operation, nowNanos)) {
      return false;
    }
    AnswerWindow window =
        operation.request().kind().isWrite()
            ? state.store.answers().window(operation.client())
            : null;
    return window == null
        || (operation.seq() >= Math.max(window.doneBelow(), operation.doneBelow())
            && window.find(operation.seq()) == null
            && operation.seq() >= window.last());
  }

  /** Whether the last operation was not carried out, since a rule has to decide first. */
  boolean isToBeRuled() {
    return isToBeRuled;
  }

  /** Number of the write that has to be committed before the last answer may be told. */
  long needed() {
    return needed;
  }

  /** Whether {@link #needed} is the number that the last operation's own write has just got. */
  boolean isNumbered() {
    return isNumbered;
  }

  private @Nullable Answer write(
      Operation operation, @Nullable Ruling ruling, long nowNanos, boolean isLogKept) {
    AnswersTable answers = state.store.answers();
    AnswerWindow window = answers.window(operation.client());
    long doneBelow =
        window == null
            ? operation.doneBelow()
            : Math.max(window.doneBelow(), operation.doneBelow());
    if (operation.seq() < doneBelow) {
      dropped++;
      return null;
    }
    Answer remembered = window == null ? null : window.find(operation.seq());
    if (remembered != null) {
      needed = state.log.length();
      return remembered;
    }
    // Behind a later write of its client comes only what was dropped here for being late, from
    // somewhere where it waited: its client has given it up, and it must not overtake.
    boolean isStray = window != null && operation.seq() < window.last();
    if (isStray || isLate(operation, nowNanos)) {
      dropped++;
      return null;
    }
    if (ruling == null && operation.request().kind() == Request.Kind.INVOKE) {
      isToBeRuled = true;
      return null;
    }
    Answer answer = requests.write(operation.map(), operation.request(), ruling);
    answers.remember(operation, answer, nowNanos);
    log(isLogKept ? origin(operation, answer, nowNanos) : null, isLogKept);
    needed = state.log.length();
    isNumbered = true;
    return answer;
  }

  private static Origin origin(Operation operation, Answer answer, long nowNanos) {
    long timeoutMillis = (operation.deadlineNanos() - nowNanos) / 1_000_000 + operation.ageMillis();
    return new Origin(
        operation.client(), operation.seq(), operation.doneBelow(), timeoutMillis, answer);
  }

  /** Logs the primary's own writes, as of expiries. */
  void logOwn(boolean isLogKept) {
    log(null, isLogKept);
  }

  /** Logs what was numbered; the last of it, if any, is the write of {@code origin}. */
  private void log(@Nullable Origin origin, boolean isLogKept) {
    if (journal.isEmpty()) {
      return;
    }
    for (int i = 0; i < journal.size(); i++) {
      Origin own = i == journal.size() - 1 ? origin : null;
      long seq = journal.seq(i);
      Change effects = journal.effects(i);
      if (isLogKept) {
        state.log.append(new LoggedWrite(seq, state.seat, state.store.wallMillis(), own, effects));
      } else {
        state.log.passOver(seq);
      }
      boolean isAddition =
          effects instanceof Change.Put
              || effects instanceof Change.Expire
              || effects instanceof Change.None;
      if (!isAddition) {
        lastRemoval = seq;
      }
    }
    journal.clear();
  }

  /** Number of the last write that may have made what an answer tells. */
  long dependsOn(Answer answer) {
    return switch (answer.kind()) {
      case ENTRY -> ((Answer.Entry) answer).version();
      case ABSENT -> lastRemoval;
      default -> state.log.length();
    };
  }

  /** Operations that nobody waited for any more. */
  long dropped() {
    return dropped;
  }

  private static boolean isLate(Operation operation, long nowNanos) {
    return nowNanos - operation.deadlineNanos() > 0;
  }
}
