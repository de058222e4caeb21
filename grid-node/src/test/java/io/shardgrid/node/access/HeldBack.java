package io.shardgrid.node.access;

import io.shardgrid.wire.Operation;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operations that a test keeps from being carried out for a while. Thread-safe. */
final class HeldBack {

  private final Queue<Runnable> held = new ArrayDeque<>();
  private Predicate<Operation> which = operation -> false;
  private boolean isLettingGo;

  synchronized void hold(Predicate<Operation> which) {
    this.which = which;
  }

  synchronized int size() {
    return held.size();
  }

  /** Whether an operation waits. */
  synchronized boolean takes(Operation operation, Runnable carryOut) {
    return (isLettingGo || which.test(operation)) && held.add(carryOut);
  }

  /** Carries out what waits, and what comes meanwhile, in order on the calling thread. */
  void letGo() {
    synchronized (this) {
      isLettingGo = true;
    }
    Runnable next = next();
    while (next != null) {
      next.run();
      next = next();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = held.poll();
    if (next == null) {
      isLettingGo = false;
      which = operation -> false;
    }
    return next;
  }
}
