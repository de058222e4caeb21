package io.shardgrid.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one node in one registry. What is enrolled again is left as it is. Confined to one
 * thread at a time; the registry reads meters meanwhile.
 */
final class Enrolment {

  private static final String PREFIX = "shardgrid.";

  private final MeterRegistry registry;
  private final Map<Key, Meter> meters = new HashMap<>();

  /**
   * What a family of meters is called.
   *
   * @param name behind the prefix, with dots
   * @param unit the end of the name; null for plain numbers
   */
  record Family(String name, String help, @Nullable String unit) {

    static Family of(String name, String help) {
      return new Family(PREFIX + name, help, null);
    }

    static Family ofBytes(String name, String help) {
      return new Family(PREFIX + name, help, "bytes");
    }

    static Family ofSeconds(String name, String help) {
      return new Family(PREFIX + name, help, "seconds");
    }
  }

  private record Key(String name, @Nullable String unit, Tags tags) {}

  Enrolment(MeterRegistry registry) {
    this.registry = registry;
  }

  MeterRegistry registry() {
    return registry;
  }

  <T> void gauge(Family family, Tags tags, T of, ToDoubleFunction<T> value) {
    meters.computeIfAbsent(
        new Key(family.name, family.unit, tags),
        key ->
            Gauge.builder(family.name, of, value)
                .description(family.help)
                .baseUnit(family.unit)
                .tags(tags)
                .strongReference(true)
                .register(registry));
  }

  <T> void counter(Family family, Tags tags, T of, ToDoubleFunction<T> value) {
    meters.computeIfAbsent(
        new Key(family.name, family.unit, tags),
        key ->
            FunctionCounter.builder(family.name, of, value)
                .description(family.help)
                .baseUnit(family.unit)
                .tags(tags)
                .register(registry));
  }

  /** Takes a meter up that was registered otherwise. */
  void add(Meter meter) {
    meters.put(
        new Key(
            meter.getId().getName(), meter.getId().getBaseUnit(), Tags.of(meter.getId().getTags())),
        meter);
  }

  /** Takes all of them out of the registry. */
  void removeAll() {
    meters.values().forEach(registry::remove);
    meters.clear();
  }
}
