package io.shardgrid.bucket;

import io.shardgrid.failure.ConcurrentShardAccessException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The mark that a use of a map leaves, so that another use that overlaps it is seen.
 *
 * <p>A word, no lock. Writes and scans change it at their beginning and end; a read only looks
 * whether it is the same at its end as at its beginning, which costs next to nothing. So what
 * overlaps a scan from another thread, or a write inside a scan, is always seen; two writes, or a
 * read and a write, mostly: two that begin within the same few nanoseconds may both pass the check
 * at the beginning, but then one of them misses its own mark at the end. Two reads that overlap do
 * no harm, and are not seen. Successive uses may come from different threads.
 */
final class UseMark {

  private static final int IDLE = 0;
  private static final int WRITING = 1;
  private static final int SCANNING = 2;
  private static final int KINDS = 3;

  /** Added at the end of each write, above the kinds: a read sees a write that came and went. */
  private static final int ONE_WRITE = KINDS + 1;

  // Opaque access costs no fence, but the compiler may not drop a mark that is soon overwritten.
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(UseMark.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // read and written through STATE
  private int state;

  private @Nullable Thread scanner;

  /** Begins a read; what it returns goes to {@link #endRead}. Allowed inside a scan. */
  int beginRead() {
    int begun = current();
    if ((begun & KINDS) != IDLE) {
      checkInsideScan(begun, "read");
    }
    return begun;
  }

  void endRead(int begun) {
    if (current() != begun) {
      throw overlap("read", current());
    }
  }

  /** For reads of a field or two, which are over before another use could begin. */
  void checkRead() {
    beginRead();
  }

  /** Begins a write; what it returns goes to {@link #endWrite}. */
  int beginWrite() {
    int begun = current();
    if ((begun & KINDS) != IDLE) {
      throw overlap("write", begun);
    }
    mark(begun + WRITING);
    return begun;
  }

  void endWrite(int begun) {
    if (current() != begun + WRITING) {
      throw overlap("write", current());
    }
    mark(begun + ONE_WRITE);
  }

  /** Begins a scan; what it returns goes to {@link #endScan}. Allowed inside a scan. */
  int beginScan() {
    int begun = current();
    if ((begun & KINDS) != IDLE) {
      checkInsideScan(begun, "scan");
    } else {
      scanner = Thread.currentThread();
      mark(begun + SCANNING);
    }
    return begun;
  }

  void endScan(int begun) {
    int mine = (begun & ~KINDS) + SCANNING;
    if (current() != mine) {
      throw overlap("scan", current());
    }
    if (begun != mine) {
      scanner = null;
      mark(begun);
    }
  }

  private void checkInsideScan(int found, String mine) {
    if ((found & KINDS) != SCANNING || scanner != Thread.currentThread()) {
      throw overlap(mine, found);
    }
  }

  private int current() {
    return (int) STATE.getOpaque(this);
  }

  private void mark(int newState) {
    STATE.setOpaque(this, newState);
  }

  private static ConcurrentShardAccessException overlap(String mine, int other) {
    return new ConcurrentShardAccessException(
        "uses of a bucket map overlap: mine=%s, other=%s, thread=%s"
            .formatted(mine, name(other), Thread.currentThread().getName()));
  }

  private static String name(int state) {
    return switch (state & KINDS) {
      case WRITING -> "write";
      case SCANNING -> "scan";
      default -> "ended";
    };
  }
}
