package io.shardgrid.rule;

import com.typesafe.config.Config;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * Settings of rules, {@code grid.rule.*}. Immutable.
 *
 * @param enabled whether rules may be loaded and called
 * @param engine what carries their instructions out
 * @param moduleBytesMax longest module
 * @param modulesMax modules that are kept compiled
 * @param loadTimeout how long checking and compiling a module may take
 * @param memoryPagesMax most memory of a running rule, in pages of 64 KiB
 * @param tableElementsMax most elements of all tables of a module
 * @param timeLimit how long a call may take, once it runs
 * @param instructionsMax instructions of a call, where the engine counts them
 * @param stackBytes stack of a thread that runs rules
 * @param refresh how often a node looks at the cluster's list of rules
 * @param threads threads that run rules
 * @param queueMax calls that wait for a thread
 * @param instancesMax instances that a thread keeps for the next calls
 * @param abandonAfter how long a thread may go on after it was interrupted
 * @param abandonedMax threads that were given up and still run; each is replaced up to this number
 * @param logLinesPerSecond lines that the rules of a node may log
 * @param quarantineFailures failures that are too many; 0 for any number is right
 * @param quarantineCalls among how many calls
 */
public record RuleSettings(
    boolean enabled,
    RuleEngineKind engine,
    int moduleBytesMax,
    int modulesMax,
    Duration loadTimeout,
    int memoryPagesMax,
    int tableElementsMax,
    Duration timeLimit,
    long instructionsMax,
    long stackBytes,
    Duration refresh,
    int threads,
    int queueMax,
    int instancesMax,
    Duration abandonAfter,
    int abandonedMax,
    int logLinesPerSecond,
    int quarantineFailures,
    int quarantineCalls) {

  private static final String PATH = "grid.rule";
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Checks that the settings make sense together. */
  public RuleSettings {
    requireBetween(1 << 10, moduleBytesMax, 16 << 20, "module-bytes-max", "1 KiB to 16 MiB");
    requireBetween(1, modulesMax, 10_000, "modules-max", "1 to 10000");
    requireBetween(TICK, loadTimeout, MINUTE.multipliedBy(10), "load-timeout", "1 ms to 10 min");
    requireBetween(1, memoryPagesMax, 16_384, "memory-pages-max", "1 to 16384");
    requireBetween(1, tableElementsMax, 1_000_000, "table-elements-max", "1 to 1000000");
    requireBetween(TICK, timeLimit, MINUTE, "time-limit", "1 ms to 1 min");
    requireBetween(1, instructionsMax, Long.MAX_VALUE / 2, "instructions-max", "at least 1");
    requireBetween(128 << 10, stackBytes, 1 << 30, "stack-bytes", "128 KiB to 1 GiB");
    requireBetween(TICK, refresh, MINUTE.multipliedBy(60), "refresh", "1 ms to 1 h");
    requireBetween(1, threads, 1_000, "threads", "1 to 1000, or auto");
    requireBetween(1, queueMax, 1_000_000, "queue-max", "1 to 1000000");
    requireBetween(1, instancesMax, 1_000, "instances-max", "1 to 1000");
    requireBetween(TICK, abandonAfter, MINUTE, "abandon-after", "1 ms to 1 min");
    requireBetween(0, abandonedMax, 1_000, "abandoned-max", "0 to 1000");
    requireBetween(0, logLinesPerSecond, 100_000, "log-lines-per-second", "0 to 100000");
    requireBetween(0, quarantineFailures, 10_000, "quarantine.failures", "0 to 10000");
    requireBetween(
        Math.max(1, quarantineFailures),
        quarantineCalls,
        1_000_000,
        "quarantine.calls",
        "quarantine.failures to 1000000");
  }

  /**
   * Reads {@code grid.rule}.
   *
   * @param grid the section {@code grid}
   * @throws GridConfigException if a value is missing or wrong
   */
  public static RuleSettings from(Config grid) {
    return StrictSettings.read(grid, "grid", section -> read(section.getConfig("rule")));
  }

  private static RuleSettings read(Config rule) {
    return new RuleSettings(
        rule.getBoolean("enabled"),
        engine(rule.getString("engine")),
        (int) Math.min(rule.getBytes("module-bytes-max"), Integer.MAX_VALUE),
        rule.getInt("modules-max"),
        rule.getDuration("load-timeout"),
        rule.getInt("memory-pages-max"),
        rule.getInt("table-elements-max"),
        rule.getDuration("time-limit"),
        rule.getLong("instructions-max"),
        rule.getBytes("stack-bytes"),
        rule.getDuration("refresh"),
        threads(rule),
        rule.getInt("queue-max"),
        rule.getInt("instances-max"),
        rule.getDuration("abandon-after"),
        rule.getInt("abandoned-max"),
        rule.getInt("log-lines-per-second"),
        rule.getInt("quarantine.failures"),
        rule.getInt("quarantine.calls"));
  }

  private static int threads(Config rule) {
    return rule.getString("threads").equals("auto")
        ? Math.max(1, Math.min(1_000, Runtime.getRuntime().availableProcessors()))
        : rule.getInt("threads");
  }

  private static RuleEngineKind engine(String name) {
    for (RuleEngineKind kind : RuleEngineKind.values()) {
      if (kind.key().equals(name)) {
        return kind;
      }
    }
    throw new GridConfigException(
        "A setting is out of range: key="
            + PATH
            + ".engine, wanted=compiler or interpreter, found="
            + name);
  }

  private static void requireBetween(long min, long found, long max, String key, String wanted) {
    StrictSettings.require(found >= min && found <= max, PATH + "." + key, wanted, found);
  }

  private static void requireBetween(
      Duration min, Duration found, Duration max, String key, String wanted) {
    boolean holds = found.compareTo(min) >= 0 && found.compareTo(max) <= 0;
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
