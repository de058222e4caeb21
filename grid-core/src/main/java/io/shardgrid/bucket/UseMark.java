package io.shardgrid.bucket;

import io.shardgrid.failure.ConcurrentShardAccessException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The mark that writes and scans of a map leave while they last, so that a use that overlaps them
 * is seen.
 *
 * <p>A word, no lock; reads only look at it, as in Go's maps, which costs next to nothing. What
 * begins inside a write or inside another thread's scan is refused, and a write inside a scan
 * always. Two writes that begin within the same few nanoseconds may both pass, but then one of them
 * misses its own mark at its end. A write that begins inside a read is not seen, nor are two reads
 * that overlap, which do no harm. Successive uses may come from different threads.
 */
final class UseMark {

  private static final int IDLE = 0;
  private static final int WRITING = 1;
  private static final int SCANNING = 2;
  private static final int KINDS = 3;

  /** Added at the end of each write, above the kinds, so that no two writes have the same mark. */
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

  /** A read begins. Allowed inside a scan. */
  void checkRead() {
    int found = current();
    if ((found & KINDS) != IDLE) {
      checkInsideScan(found, "read");
    }
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
