package io.shardgrid.shard;

import io.shardgrid.shard.HeldAnswers.Held;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers that wait until the store has what they tell of. Confined to the primary. */
final class ConfirmWaits {

  private final Map<ByteBuffer, List<Part>> byKey = new HashMap<>();

  /** Oldest first. */
  private final Set<Wait> all = new LinkedHashSet<>();

  private long bytes;

  /** An answer that waits. */
  private static final class Wait {
    private final Held held;
    private final long sinceNanos;
    private final long bytes;
    private final Set<ByteBuffer> keys;
    private int keysLeft;

    Wait(Held held, Set<ByteBuffer> keys, long sinceNanos) {
      this.held = held;
      this.keys = Set.copyOf(keys);
      this.keysLeft = keys.size();
      this.sinceNanos = sinceNanos;
      this.bytes = Footprint.of(held.operation());
    }
  }

  /** One of the keys that it waits for, and the version that the store is to have at least. */
  private record Part(Wait of, long version) {}

  int size() {
    return all.size();
  }

  /** About what the operations take in memory. */
  long bytes() {
    return bytes;
  }

  /** Waits until the store has these versions, or later ones. */
  void add(Held held, Map<ByteBuffer, Long> versions, long nowNanos) {
    Wait wait = new Wait(held, versions.keySet(), nowNanos);
    all.add(wait);
    bytes += wait.bytes;
    versions.forEach(
        (key, version) ->
            byKey.computeIfAbsent(key, any -> new ArrayList<>(1)).add(new Part(wait, version)));
  }

  /** The store has this version; those who wait for nothing more. */
  List<Held> stored(ByteBuffer key, long version) {
    List<Held> done = new ArrayList<>(1);
    for (Wait wait : take(key, version)) {
      wait.keysLeft--;
      if (wait.keysLeft == 0 && all.remove(wait)) {
        bytes -= wait.bytes;
        done.add(wait.held);
      }
    }
    return done;
  }

  /** The store does not have this version for now, or for ever; those who waited for it. */
  List<Held> failed(ByteBuffer key, long version) {
    List<Held> ended = new ArrayList<>(1);
    for (Wait wait : take(key, version)) {
      if (all.remove(wait)) {
        bytes -= wait.bytes;
        ended.add(wait.held);
      }
    }
    return ended;
  }

  /** Takes out what was waiting for this version, or an earlier one. */
  private List<Wait> take(ByteBuffer key, long version) {
    List<Part> parts = byKey.get(key);
    List<Wait> taken = new ArrayList<>(1);
    if (parts == null) {
      return taken;
    }
    parts.removeIf(
        part -> {
          boolean isTaken = part.version() <= version;
          if (isTaken) {
            taken.add(part.of());
          }
          return isTaken;
        });
    if (parts.isEmpty()) {
      byKey.remove(key);
    }
    return taken;
  }

  /** Takes out those that wait since then, or longer. O(how many these are). */
  List<Held> since(long sinceNanos) {
    List<Held> late = new ArrayList<>();
    Iterator<Wait> waits = all.iterator();
    while (waits.hasNext()) {
      Wait wait = waits.next();
      if (wait.sinceNanos - sinceNanos > 0) {
        break;
      }
      waits.remove();
      bytes -= wait.bytes;
      late.add(wait.held);
      wait.keys.forEach(key -> forget(key, wait));
    }
    return late;
  }

  private void forget(ByteBuffer key, Wait wait) {
    List<Part> parts = byKey.get(key);
    if (parts != null) {
      parts.removeIf(part -> part.of() == wait);
      if (parts.isEmpty()) {
        byKey.remove(key);
      }
    }
  }

  /** Takes all out. */
  List<Held> takeAll() {
    List<Held> held = all.stream().map(wait -> wait.held).toList();
    all.clear();
    byKey.clear();
    bytes = 0;
    return held;
  }
}
