package io.shardgrid.bucket;

import io.shardgrid.failure.ConcurrentShardAccessException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The mark that a use of a map leaves while it lasts, so that another that overlaps is seen.
 *
 * <p>A word, no lock: two threads that begin within the same few nanoseconds may both pass the
 * check at the beginning, but then one of them misses its own mark at the end. A write inside a
 * scan is always seen. Successive uses may come from different threads.
 */
final class UseMark {

  private static final int IDLE = 0;
  private static final int READING = 1;
  private static final int WRITING = 2;
  private static final int SCANNING = 3;

  // Opaque access costs no fence, but the compiler may not drop a mark that is soon overwritten.
  private static final VarHandle USE;

  static {
    try {
      USE = MethodHandles.lookup().findVarHandle(UseMark.class, "use", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // read and written through USE
  private int use;

  private @Nullable Thread scanner;

  /** Begins a read; what it returns goes to {@link #endRead}. Allowed inside a scan. */
  int beginRead() {
    int outer = current();
    if (outer != IDLE) {
      checkInsideScan(outer, READING);
    }
    mark(READING);
    return outer;
  }

  void endRead(int outer) {
    checkStill(READING);
    mark(outer);
  }

  /** For reads of a field or two, which are over before another use could begin. */
  void checkRead() {
    int outer = current();
    if (outer != IDLE) {
      checkInsideScan(outer, READING);
    }
  }

  void beginWrite() {
    int outer = current();
    if (outer != IDLE) {
      throw overlap(WRITING, outer);
    }
    mark(WRITING);
  }

  void endWrite() {
    checkStill(WRITING);
    mark(IDLE);
  }

  /** Begins a scan; what it returns goes to {@link #endScan}. Allowed inside a scan. */
  int beginScan() {
    int outer = current();
    if (outer != IDLE) {
      checkInsideScan(outer, SCANNING);
    }
    mark(SCANNING);
    scanner = Thread.currentThread();
    return outer;
  }

  void endScan(int outer) {
    checkStill(SCANNING);
    if (outer == IDLE) {
      scanner = null;
    }
    mark(outer);
  }

  private void checkInsideScan(int outer, int wanted) {
    if (outer != SCANNING || scanner != Thread.currentThread()) {
      throw overlap(wanted, outer);
    }
  }

  private void checkStill(int mine) {
    int found = current();
    if (found != mine) {
      throw overlap(mine, found);
    }
  }

  private int current() {
    return (int) USE.getOpaque(this);
  }

  private void mark(int newUse) {
    USE.setOpaque(this, newUse);
  }

  private static ConcurrentShardAccessException overlap(int mine, int other) {
    return new ConcurrentShardAccessException(
        "uses of a bucket map overlap: mine=%s, other=%s, thread=%s"
            .formatted(name(mine), name(other), Thread.currentThread().getName()));
  }

  private static String name(int use) {
    return switch (use) {
      case READING -> "read";
      case WRITING -> "write";
      case SCANNING -> "scan";
      default -> "ended";
    };
  }
}
