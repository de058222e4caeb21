package io.shardgrid.node.network;

import io.shardgrid.node.network.BreakableNetwork.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;

/** What a relay does to connections. Thread-safe. */
final class Condition {

  private final Map<Set<String>, Scope> cuts = new ConcurrentHashMap<>();
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private final Set<Runnable> waiting = new CopyOnWriteArraySet<>();
  private final AtomicInteger damageLeft = new AtomicInteger();
  private final AtomicInteger damaged = new AtomicInteger();
  private volatile byte fill;

  void cut(String one, String other, Scope scope) {
    cuts.put(Set.of(one, other), scope);
  }

  void mend() {
    cuts.clear();
    delays.clear();
    waiting.forEach(Runnable::run);
  }

  void slow(String node, Duration delay) {
    delays.put(node, delay);
  }

  boolean isCut(String one, String other, boolean isPeerLink) {
    if (one.equals(other)) {
      return false;
    }
    Scope scope = cuts.get(Set.of(one, other));
    return scope == Scope.ALL || (scope == Scope.PEER_LINKS && isPeerLink);
  }

  /** How long what passes between two is held up. */
  long delayNanos(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return 0;
    }
    Duration none = Duration.ZERO;
    return Math.max(
        delays.getOrDefault(one, none).toNanos(), delays.getOrDefault(other, none).toNanos());
  }

  /** Runs this whenever connections are mended, until it is taken back. */
  void onMended(Runnable action) {
    waiting.add(action);
  }

  void forget(Runnable action) {
    waiting.remove(action);
  }

  void damage(byte newFill, int times) {
    fill = newFill;
    damageLeft.set(times);
  }

  /** The byte whose runs are to be damaged. */
  byte fill() {
    return fill;
  }

  boolean isDamageDue() {
    return damageLeft.get() > 0;
  }

  /** Whether the one who asks may damage something now. */
  boolean takeDamage() {
    boolean isTaken = damageLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (isTaken) {
      damaged.incrementAndGet();
    }
    return isTaken;
  }

  int damaged() {
    return damaged.get();
  }
}
