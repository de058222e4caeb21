package io.shardgrid.placement;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Counts messages by kind, and keeps one of each, which tells how large they are. */
final class MessageCounts {

  private final Map<Kind, Integer> counts = new TreeMap<>();
  private final Map<Kind, Object> samples = new TreeMap<>();

  /** Messages of one type with the same number of entries are of about the same size. */
  private record Kind(String type, int entries) implements Comparable<Kind> {

    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::type).thenComparingInt(Kind::entries);

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  void add(Object message, int entries) {
    Kind kind = new Kind(message.getClass().getSimpleName(), entries);
    counts.merge(kind, 1, Integer::sum);
    samples.putIfAbsent(kind, message);
  }

  void clear() {
    counts.clear();
    samples.clear();
  }

  /** Messages of this type. */
  long of(Class<?> type) {
    return counts.entrySet().stream()
        .filter(one -> one.getKey().type().equals(type.getSimpleName()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Messages of this type that carry anything. */
  long withEntries(Class<?> type) {
    return counts.entrySet().stream()
        .filter(one -> one.getKey().type().equals(type.getSimpleName()))
        .filter(one -> one.getKey().entries() > 0)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long all() {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Entries in all of them. */
  long entries() {
    return counts.entrySet().stream()
        .mapToLong(one -> (long) one.getKey().entries() * one.getValue())
        .sum();
  }

  /** Bytes of all of them, by the size of one of each kind. */
  long bytes(ToLongFunction<Object> size) {
    long bytes = 0;
    for (Map.Entry<Kind, Integer> one : counts.entrySet()) {
      Object sample = samples.get(one.getKey());
      bytes += sample == null ? 0 : size.applyAsLong(sample) * one.getValue();
    }
    return bytes;
  }
}
