package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The remembered answers of one client's open writes to a shard. Confined to its replica. */
final class AnswerWindow {

  /*
   * A ring of the open writes in the order of their numbers. Writes come almost always in that
   * order and leave from its beginning, so both ends cost O(1); a write that comes behind a later
   * one moves those, at most as many as may be open. (An array indexed by the number itself would
   * be as long as one slow write has reads behind it.)
   *
   * Most answers are one of four forms with a number; they are kept in arrays of primitives, for a
   * young reference stored into an old array costs the collector a card and a remembered set.
   */
  private static final int CAPACITY_FIRST = 4;

  private static final byte DONE = 0;
  private static final byte AMOUNT = 1;
  private static final byte APPLIED = 2;
  private static final byte NOT_APPLIED = 3;
  private static final byte OTHER = 4;

  private final long client;
  private long[] seqs = new long[CAPACITY_FIRST];
  private long[] numbers = new long[CAPACITY_FIRST];
  private byte[] forms = new byte[CAPACITY_FIRST];
  private @Nullable Answer @Nullable [] others;
  private int head;
  private int count;
  private long doneBelow;
  private long otherBytes;
  private long heardNanos;
  private long patienceNanos;

  AnswerWindow(long client) {
    this.client = client;
  }

  long client() {
    return client;
  }

  /** Every write of the client with a smaller number has ended. */
  long doneBelow() {
    return doneBelow;
  }

  int open() {
    return count;
  }

  /** How many writes would be open if those before {@code doneBelow} were taken out. */
  int openFrom(long doneBelow) {
    return count - position(doneBelow);
  }

  /** Estimated bytes of the answers that are kept as objects. */
  long otherBytes() {
    return otherBytes;
  }

  /** The answer to a write that was carried out; null if it was not. */
  @Nullable Answer find(long seq) {
    if (count == 0 || seq > seqs[slot(count - 1)]) {
      return null;
    }
    int position = position(seq);
    int slot = slot(position);
    return position < count && seqs[slot] == seq ? answerAt(slot) : null;
  }

  /** The highest number of a remembered write; 0 if none is remembered. */
  long last() {
    return count == 0 ? 0 : seqs[slot(count - 1)];
  }

  /** Takes out what the client is done with, and keeps the answer to the write {@code seq}. */
  void remember(long seq, long doneBelow, Answer answer) {
    trim(doneBelow);
    if (count == seqs.length) {
      grow();
    }
    int position = count == 0 || seq > seqs[slot(count - 1)] ? count : position(seq);
    for (int at = count; at > position; at--) {
      copy(slot(at - 1), slot(at));
    }
    count++;
    int slot = slot(position);
    seqs[slot] = seq;
    if (others != null) {
      others[slot] = null;
    }
    keep(slot, answer);
  }

  /** The client wrote something that has {@code leftNanos} until its deadline. */
  void heard(long nowNanos, long leftNanos) {
    heardNanos = nowNanos;
    patienceNanos = Math.max(patienceNanos, leftNanos);
  }

  /** Whether the client has been silent for max(silence, 4 x its longest deadline). */
  boolean isSilent(long nowNanos, long silenceNanos) {
    long quietNanos = nowNanos - heardNanos;
    return quietNanos > silenceNanos && quietNanos / 4 > patienceNanos;
  }

  /** All that is remembered. O(open writes). */
  ClientAnswers snapshot() {
    List<Long> openSeqs = new ArrayList<>(count);
    List<Answer> answers = new ArrayList<>(count);
    for (int position = 0; position < count; position++) {
      openSeqs.add(seqs[slot(position)]);
      answers.add(answerAt(slot(position)));
    }
    return new ClientAnswers(client, doneBelow, patienceNanos, openSeqs, answers);
  }

  /** Remembers this too. O(open writes). */
  void restore(ClientAnswers answers) {
    for (int i = 0; i < answers.seqs().size(); i++) {
      remember(answers.seqs().get(i), answers.doneBelow(), answers.answers().get(i));
    }
    doneBelow = answers.doneBelow();
  }

  private void trim(long doneBelow) {
    this.doneBelow = Math.max(this.doneBelow, doneBelow);
    while (count > 0 && seqs[head] < this.doneBelow) {
      if (others != null && others[head] != null) {
        otherBytes -= Footprint.of(others[head]);
        others[head] = null;
      }
      head = slot(1);
      count--;
    }
  }

  private void keep(int slot, Answer answer) {
    numbers[slot] = 0;
    if (answer.kind() == Answer.Kind.DONE) {
      forms[slot] = DONE;
    } else if (answer instanceof Answer.Amount amount) {
      forms[slot] = AMOUNT;
      numbers[slot] = amount.value();
    } else if (answer instanceof Answer.Stored stored && stored.previous() == null) {
      forms[slot] = stored.applied() ? APPLIED : NOT_APPLIED;
      numbers[slot] = stored.version();
    } else {
      forms[slot] = OTHER;
      keepOther(slot, answer);
    }
  }

  private void keepOther(int slot, Answer answer) {
    if (others == null) {
      others = new @Nullable Answer[seqs.length];
    }
    others[slot] = answer;
    otherBytes += Footprint.of(answer);
  }

  private Answer answerAt(int slot) {
    return switch (forms[slot]) {
      case DONE -> Answer.Done.INSTANCE;
      case AMOUNT -> new Answer.Amount(numbers[slot]);
      case APPLIED -> new Answer.Stored(true, numbers[slot], null);
      case NOT_APPLIED -> new Answer.Stored(false, numbers[slot], null);
      default -> requireNonNull(requireNonNull(others)[slot]);
    };
  }

  /** How many remembered writes have a number below {@code seq}. */
  private int position(long seq) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (seqs[slot(middle)] < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int slot(int position) {
    return (head + position) & (seqs.length - 1);
  }

  private void copy(int from, int to) {
    seqs[to] = seqs[from];
    numbers[to] = numbers[from];
    forms[to] = forms[from];
    if (others != null) {
      others[to] = others[from];
    }
  }

  private void grow() {
    int capacity = seqs.length;
    int start = head;
    seqs = Arrays.copyOf(seqs, 2 * capacity);
    numbers = Arrays.copyOf(numbers, 2 * capacity);
    forms = Arrays.copyOf(forms, 2 * capacity);
    if (others != null) {
      others = Arrays.copyOf(others, 2 * capacity);
    }
    // The ring was full: what had wrapped round to the array's beginning goes behind its old end.
    for (int at = 0; at < start; at++) {
      copy(at, capacity + at);
      if (others != null) {
        others[at] = null;
      }
    }
  }
}
