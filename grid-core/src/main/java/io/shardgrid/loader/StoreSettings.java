package io.shardgrid.loader;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Settings of stores behind maps, {@code grid.store.*}. Immutable.
 *
 * @param gate how many loads of a map a node has its store do, and how long they may take
 * @param breaker when no load is asked for any more
 * @param writesAtOnceMax batches of a map's writes that a node has its store take at once
 * @param writeTimeout how long a batch may take before it is handed over again
 * @param named maps that have settings of their own
 * @param others the settings of other maps that have a store
 */
public record StoreSettings(
    LoadGate.Settings gate,
    CircuitBreaker.Settings breaker,
    int writesAtOnceMax,
    Duration writeTimeout,
    Map<String, StorePolicy> named,
    StorePolicy others) {

  private static final String PATH = "grid.store";
  private static final String OTHERS = "*";
  private static final int NAME_CHARS_MAX = 200;
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final long FILTER_KEYS_MAX = 10_000_000_000L;
  private static final long BYTES_MAX = 1L << 40;

  public StoreSettings {
    named = Map.copyOf(named);
    between(1, gate.atOnceMax(), 10_000, "loads.at-once-max", "1 to 10000");
    between(0, gate.queueMax(), 1_000_000, "loads.queue-max", "0 to 1000000");
    between(Duration.ZERO, gate.queueTime(), HOUR, "loads.queue-time", "0 to 1 h");
    between(TICK, gate.timeout(), HOUR, "loads.timeout", "1 ms to 1 h");
    between(1, breaker.window(), 100_000, "breaker.window", "1 to 100000");
    share(breaker.failureShare(), "breaker.failure-share");
    share(breaker.slowShare(), "breaker.slow-share");
    between(TICK, breaker.slow(), HOUR, "breaker.slow", "1 ms to 1 h");
    between(TICK, breaker.pause(), HOUR, "breaker.pause", "1 ms to 1 h");
    between(breaker.pause(), breaker.pauseMax(), HOUR, "breaker.pause-max", "pause to 1 h");
    between(1, breaker.probes(), 1_000, "breaker.probes", "1 to 1000");
    between(1, writesAtOnceMax, 10_000, "writes.at-once-max", "1 to 10000");
    between(TICK, writeTimeout, HOUR, "writes.timeout", "1 ms to 1 h");
  }

  /**
   * Reads {@code grid.store}.
   *
   * @param grid the section {@code grid}
   * @throws GridConfigException if a value is missing or wrong
   */
  public static StoreSettings from(Config grid) {
    return StrictSettings.read(grid, PATH, section -> read(section.getConfig("store")));
  }

  private static StoreSettings read(Config store) {
    Duration writeTimeout = store.getDuration("writes.timeout");
    ConfigObject maps = store.getObject("maps");
    Config others = maps.toConfig().getConfig(ConfigUtil.joinPath(OTHERS));
    Map<String, StorePolicy> named = new LinkedHashMap<>();
    for (String name : new TreeSet<>(maps.keySet())) {
      if (!name.equals(OTHERS)) {
        Config own = maps.toConfig().getConfig(ConfigUtil.joinPath(name)).withFallback(others);
        named.put(name, policy(name, own, writeTimeout));
      }
    }
    return new StoreSettings(
        new LoadGate.Settings(
            store.getInt("loads.at-once-max"),
            store.getInt("loads.queue-max"),
            store.getDuration("loads.queue-time"),
            store.getDuration("loads.timeout")),
        new CircuitBreaker.Settings(
            store.getInt("breaker.window"),
            store.getDouble("breaker.failure-share"),
            store.getDuration("breaker.slow"),
            store.getDouble("breaker.slow-share"),
            store.getDuration("breaker.pause"),
            store.getDuration("breaker.pause-max"),
            store.getInt("breaker.probes")),
        store.getInt("writes.at-once-max"),
        writeTimeout,
        named,
        policy(OTHERS, others, writeTimeout));
  }

  private static StorePolicy policy(String name, Config map, Duration writeTimeout) {
    String path = "maps." + name + ".";
    between(1, name.length(), NAME_CHARS_MAX, path, "a name of 1 to 200 characters");
    between(1, map.getInt("batch-max"), 10_000, path + "batch-max", "1 to 10000");
    between(1, map.getInt("marks-max"), 10_000_000, path + "marks-max", "1 to 10000000");
    between(1, map.getBytes("mark-bytes-max"), BYTES_MAX, path + "mark-bytes-max", "1 to 1 TiB");
    between(1, map.getInt("waiting-max"), 1_000_000, path + "waiting-max", "1 to 1000000");
    between(
        1, map.getBytes("waiting-bytes-max"), BYTES_MAX, path + "waiting-bytes-max", "1 to 1 TiB");
    between(Duration.ZERO, map.getDuration("delay"), HOUR, path + "delay", "0 to 1 h");
    between(
        TICK, map.getDuration("confirm-timeout"), HOUR, path + "confirm-timeout", "1 ms to 1 h");
    StorePolicy.Queue queue =
        new StorePolicy.Queue(
            map.getDuration("delay").toMillis(),
            map.getInt("batch-max"),
            map.getInt("marks-max"),
            map.getBytes("mark-bytes-max"),
            map.getDuration("confirm-timeout").toNanos(),
            // It waits for its turn, and then takes its time.
            writeTimeout.multipliedBy(2).toNanos(),
            map.getInt("waiting-max"),
            map.getBytes("waiting-bytes-max"));
    return new StorePolicy(
        name, writes(map, path), queue, freshness(map, path), absence(map, path));
  }

  private static WriteMode writes(Config map, String path) {
    String found = map.getString("writes");
    for (WriteMode mode : WriteMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(found)) {
        return mode;
      }
    }
    if (found.equals("false")) {
      return WriteMode.OFF; // HOCON's other word for off
    }
    throw new GridConfigException(
        "A setting is out of range: key=%s.%swrites, wanted=off, through or behind, found=%s"
            .formatted(PATH, path, found));
  }

  private static StorePolicy.Freshness freshness(Config map, String path) {
    long ttl = 0;
    if (!isOff(map, "ttl")) {
      between(TICK, map.getDuration("ttl"), YEAR, path + "ttl", "off, or 1 ms to 365 days");
      ttl = map.getDuration("ttl").toMillis();
    }
    double jitter = map.getDouble("jitter");
    StrictSettings.require(
        jitter >= 0 && jitter <= 1, PATH + "." + path + "jitter", "0 to 1", jitter);
    Duration stale = map.getDuration("stale");
    between(Duration.ZERO, stale, YEAR, path + "stale", "0 to 365 days");
    long ahead = map.getDuration("refresh-ahead").toMillis();
    // Else an entry whose ttl is shortened would be loaded anew by each read of it.
    StrictSettings.require(
        ahead == 0 || (ahead > 0 && (ttl == 0 || ahead < ttl * (1 - jitter))),
        PATH + "." + path + "refresh-ahead",
        "0, or less than ttl is when it is shortened by its jitter",
        map.getString("refresh-ahead"));
    return new StorePolicy.Freshness(ttl, jitter, stale.toMillis(), ahead);
  }

  private static StorePolicy.Absence absence(Config map, String path) {
    long ttlNanos = 0;
    if (!isOff(map, "absent-ttl")) {
      Duration ttl = map.getDuration("absent-ttl");
      between(TICK, ttl, HOUR, path + "absent-ttl", "off, or 1 ms to 1 h");
      ttlNanos = ttl.toNanos();
    }
    int keysMax = map.getInt("absent-keys-max");
    between(0, keysMax, 1_000_000, path + "absent-keys-max", "0 to 1000000");
    long filterKeys = 0;
    if (!isOff(map, "filter-keys")) {
      filterKeys = map.getLong("filter-keys");
      between(1, filterKeys, FILTER_KEYS_MAX, path + "filter-keys", "off, or 1 to 10000000000");
    }
    return new StorePolicy.Absence(ttlNanos, keysMax, filterKeys);
  }

  private static boolean isOff(Config map, String key) {
    String found = map.getString(key);
    return found.equals("off") || found.equals("false");
  }

  /** How a map that has a store goes together with it. */
  public StorePolicy policyOf(String map) {
    StorePolicy own = named.get(map);
    return own != null
        ? own
        : new StorePolicy(
            map, others.writes(), others.queue(), others.freshness(), others.absence());
  }

  private static void between(long min, long found, long max, String key, String wanted) {
    StrictSettings.require(found >= min && found <= max, PATH + "." + key, wanted, found);
  }

  private static void between(
      Duration min, Duration found, Duration max, String key, String wanted) {
    boolean holds = found.compareTo(min) >= 0 && found.compareTo(max) <= 0;
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }

  private static void share(double found, String key) {
    StrictSettings.require(
        found > 0 && found <= 1, PATH + "." + key, "more than 0, up to 1", found);
  }
}
