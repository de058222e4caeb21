package io.shardgrid.actor;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's own numbers, by name. Thread-safe. */
final class Gauges {

  private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);
  private static final int GAUGES_MAX = 64;
  private static final int NAME_MAX = 255;

  private final Map<String, DoubleSupplier> byName = new ConcurrentHashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /**
   * Takes a number from here on, in the place of the one with the same name.
   *
   * @throws IllegalArgumentException if there are 64 others, or the name is empty or longer than
   *     255 characters
   */
  synchronized void put(String name, DoubleSupplier gauge) {
    boolean isFull = byName.size() >= GAUGES_MAX && !byName.containsKey(name);
    if (name.isBlank() || name.length() > NAME_MAX || isFull) {
      throw new IllegalArgumentException(
          "no gauge: name=%s, wanted=1 to %d characters and at most %d gauges, found=%d gauges"
              .formatted(name, NAME_MAX, GAUGES_MAX, byName.size()));
    }
    byName.put(name, gauge);
  }

  /** All of them as they are now; one that fails is no number. */
  Map<String, Double> read() {
    Map<String, Double> values = new TreeMap<>();
    byName.forEach((name, gauge) -> values.put(name, value(name, gauge)));
    return values;
  }

  /** It is read twice a second: a failure is told once, until the gauge can be read again. */
  private double value(String name, DoubleSupplier gauge) {
    try {
      double value = gauge.getAsDouble();
      failing.remove(name);
      return value;
    } catch (RuntimeException e) {
      if (failing.add(name)) {
        LOG.warn("A gauge failed, and counts as no number: gauge={}", name, e);
      }
      return Double.NaN;
    }
  }
}
