package io.shardgrid.shard;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.CopyItem.ClientAnswers;
import io.shardgrid.wire.replica.LoggedWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a shard remembers of each client's last writes, so that a repeat is answered and not carried
 * out again. Part of the shard's state: it changes by numbered writes alone, so that copies that
 * have applied the same writes have the same table.
 *
 * <p>Answers leave when their client says it is done, or with a client that is dropped; never for
 * want of room: at a bound new writes are refused. Confined to its replica; O(1) a write.
 */
final class AnswersTable {

  /*
   * Open addressing with linear probing from client number to window; at most half full. A removed
   * client closes the gap it leaves (Knuth, TAOCP 3, 6.4, algorithm R), so there are no tombstones.
   */
  private static final int CAPACITY_FIRST = 8;

  private static final String CLIENTS_FULL = "the shard remembers as many clients as it may";
  private static final String WRITES_FULL = "the client has as many open writes as it may";
  private static final String BYTES_FULL = "the client's remembered answers take all their room";

  private final int clientsMax;
  private final int openWritesMax;
  private final long answerBytesMax;
  private @Nullable AnswerWindow[] windows = new AnswerWindow[CAPACITY_FIRST];
  private int count;

  AnswersTable(int clientsMax, int openWritesMax, long answerBytesMax) {
    this.clientsMax = clientsMax;
    this.openWritesMax = openWritesMax;
    this.answerBytesMax = answerBytesMax;
  }

  /** The window of a client; null if it has none. */
  @Nullable AnswerWindow window(long client) {
    return windows[slotOf(client)];
  }

  /** Why a new write cannot be remembered, and so must not be carried out; null if it can. */
  @Nullable String refusal(@Nullable AnswerWindow window, Operation operation) {
    if (window == null) {
      return count < clientsMax ? null : CLIENTS_FULL;
    }
    if (window.open() >= openWritesMax && window.openFrom(operation.doneBelow()) >= openWritesMax) {
      return WRITES_FULL;
    }
    // What the write itself lets go is not looked at: a client at this bound waits for an answer
    // anyway, and the first write that says so with nothing else open makes room.
    boolean holdsTooMuch = window.otherBytes() >= answerBytesMax;
    return holdsTooMuch && window.openFrom(operation.doneBelow()) > 0 ? BYTES_FULL : null;
  }

  /** Keeps the answer to a write that was carried out. */
  void remember(Operation operation, Answer answer, long nowNanos) {
    long timeoutNanos = operation.deadlineNanos() - nowNanos + operation.ageMillis() * 1_000_000L;
    AnswerWindow window = windowOf(operation.client());
    window.remember(operation.seq(), operation.doneBelow(), answer);
    window.heard(nowNanos, timeoutNanos);
  }

  /** Keeps the answer to a write that another replica has carried out. */
  void remember(LoggedWrite.Origin origin, long nowNanos) {
    AnswerWindow window = windowOf(origin.client());
    window.remember(origin.seq(), origin.doneBelow(), origin.answer());
    window.heard(nowNanos, origin.timeoutMillis() * 1_000_000);
  }

  private AnswerWindow windowOf(long client) {
    int slot = slotOf(client);
    AnswerWindow window = windows[slot];
    return window == null ? add(client, slot) : window;
  }

  /** All that is remembered, in the order of clients. O(clients and answers). */
  List<ClientAnswers> snapshot() {
    return Arrays.stream(windows)
        .filter(Objects::nonNull)
        .map(AnswerWindow::snapshot)
        .sorted(Comparator.comparingLong(ClientAnswers::client))
        .toList();
  }

  /** The same in parts of about so many bytes, at least one of them. */
  List<List<ClientAnswers>> snapshot(long partBytes) {
    List<List<ClientAnswers>> parts = new ArrayList<>();
    List<ClientAnswers> part = new ArrayList<>();
    parts.add(part);
    long bytes = 0;
    for (ClientAnswers client : snapshot()) {
      if (bytes >= partBytes) {
        part = new ArrayList<>();
        parts.add(part);
        bytes = 0;
      }
      part.add(client);
      bytes += client.bytes();
    }
    return parts;
  }

  /** Remembers this instead of what it has. O(clients and answers). */
  void restore(List<ClientAnswers> clients, long nowNanos) {
    clear();
    add(clients, nowNanos);
  }

  /** Remembers these clients, which it does not know yet, too. O(clients and answers). */
  void add(List<ClientAnswers> clients, long nowNanos) {
    for (ClientAnswers client : clients) {
      AnswerWindow window = windowOf(client.client());
      window.restore(client);
      window.heard(nowNanos, client.patienceNanos());
    }
  }

  void drop(long client) {
    int gap = slotOf(client);
    if (windows[gap] == null) {
      return;
    }
    count--;
    windows[gap] = null;
    int mask = windows.length - 1;
    for (int at = (gap + 1) & mask; windows[at] != null; at = (at + 1) & mask) {
      AnswerWindow window = windows[at];
      int home = home(window.client());
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        windows[gap] = window;
        windows[at] = null;
        gap = at;
      }
    }
  }

  void clear() {
    windows = new AnswerWindow[CAPACITY_FIRST];
    count = 0;
  }

  /** Begins the measure of every client's silence anew. O(clients). */
  void heardAll(long nowNanos) {
    for (AnswerWindow window : windows) {
      if (window != null) {
        window.heard(nowNanos, 0);
      }
    }
  }

  int clients() {
    return count;
  }

  int slots() {
    return windows.length;
  }

  /** The window in a slot, for walks over all clients; null if the slot is free. */
  @Nullable AnswerWindow at(int slot) {
    return windows[slot];
  }

  private AnswerWindow add(long client, int slot) {
    AnswerWindow window = new AnswerWindow(client);
    windows[slot] = window;
    count++;
    if (count * 2 > windows.length) {
      rehash();
    }
    return window;
  }

  private void rehash() {
    @Nullable AnswerWindow[] old = windows;
    windows = new AnswerWindow[2 * old.length];
    for (AnswerWindow window : old) {
      if (window != null) {
        windows[slotOf(window.client())] = window;
      }
    }
  }

  /** The slot of a client, or the free one where it would go. */
  private int slotOf(long client) {
    int mask = windows.length - 1;
    int slot = home(client);
    for (AnswerWindow at = windows[slot]; at != null && at.client() != client; at = windows[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(long client) {
    return (int) ((client * 0x9e3779b97f4a7c15L) >>> 32) & (windows.length - 1);
  }
}
