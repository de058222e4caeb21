package io.shardgrid.autoscale;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import io.shardgrid.autoscale.ScalingRules.Select;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the autoscaler of a cluster is told. Immutable.
 *
 * @param policy what it decides by
 * @param metrics what it follows, at most 32
 * @param pace how often and how long
 */
public record AutoscaleSettings(
    AutoscaleMode mode, ScaleSettings policy, List<MetricRule> metrics, Pace pace) {

  private static final String PATH = "grid.autoscale";

  /** The name in the configuration of what a metric has that does not say it. */
  private static final String OTHERS = "*";

  private static final int METRICS_MAX = 32;
  private static final int THOUSANDTHS = 1_000;
  private static final Set<String> POLICY_KEYS = Set.of("nodes", "percent", "period");

  public AutoscaleSettings {
    metrics = List.copyOf(metrics);
    StrictSettings.require(
        metrics.size() <= METRICS_MAX, PATH + ".metrics", "at most " + METRICS_MAX, metrics.size());
  }

  /**
   * How often, and how long.
   *
   * @param interval between two decisions, 1 s to 1 h
   * @param report between two reports of a node, 100 ms to 1 min
   * @param start within which nodes that were asked for must be members, 1 s to 1 day
   * @param drain within which a node must have handed all over, and ended, 1 s to 7 days
   */
  public record Pace(Duration interval, Duration report, Duration start, Duration drain) {

    public Pace {
      require("interval", interval, Duration.ofSeconds(1), Duration.ofHours(1));
      require("report-interval", report, Duration.ofMillis(100), Duration.ofMinutes(1));
      require("start-timeout", start, Duration.ofSeconds(1), Duration.ofDays(1));
      require("drain-timeout", drain, Duration.ofSeconds(1), Duration.ofDays(7));
    }

    private static void require(String key, Duration found, Duration min, Duration max) {
      StrictSettings.require(
          found.compareTo(min) >= 0 && found.compareTo(max) <= 0,
          PATH + "." + key,
          min + " to " + max,
          found);
    }
  }

  /**
   * Reads {@code grid.autoscale}.
   *
   * @param grid the section {@code grid}
   * @param copies replicas of a shard, its primary among them
   * @throws GridConfigException if a value is missing or wrong
   */
  public static AutoscaleSettings from(Config grid, int copies) {
    return StrictSettings.read(grid, PATH, all -> read(all.getConfig("autoscale"), copies));
  }

  private static AutoscaleSettings read(Config own, int copies) {
    ScaleSettings policy =
        new ScaleSettings(
            new Bounds(own.getInt("nodes-min"), own.getInt("nodes-max")),
            new ScalingBehavior(rules(own, "up"), rules(own, "down")),
            new Tolerance(decimal(own, "tolerance.up"), decimal(own, "tolerance.down")),
            new DataRoom(copies, own.getInt("high-water")),
            new Patience(
                own.getDuration("warm-up"),
                own.getDuration("reading-age"),
                own.getDuration("gap"),
                own.getDuration("standstill")));
    return new AutoscaleSettings(
        choice(own, PATH, "mode", AutoscaleMode.class),
        policy,
        metrics(own.getObject("metrics")),
        new Pace(
            own.getDuration("interval"),
            own.getDuration("report-interval"),
            own.getDuration("start-timeout"),
            own.getDuration("drain-timeout")));
  }

  private static BigDecimal decimal(Config own, String key) {
    double found = own.getDouble(key);
    StrictSettings.require(Double.isFinite(found), PATH + "." + key, "a number", found);
    return BigDecimal.valueOf(found);
  }

  private static ScalingRules rules(Config own, String direction) {
    Config rules = own.getConfig(direction);
    String path = PATH + "." + direction;
    List<ScalingPolicy> policies = new ArrayList<>();
    for (Config policy : rules.getConfigList("policies")) {
      Set<String> keys = new TreeSet<>(policy.root().keySet());
      boolean isOne = policy.hasPath("nodes") != policy.hasPath("percent");
      StrictSettings.require(
          isOne && POLICY_KEYS.containsAll(keys),
          path + ".policies",
          "period and either nodes or percent",
          keys);
      ScalingPolicy.Unit unit =
          policy.hasPath("nodes") ? ScalingPolicy.Unit.NODES : ScalingPolicy.Unit.PERCENT;
      int value = policy.getInt(policy.hasPath("nodes") ? "nodes" : "percent");
      policies.add(new ScalingPolicy(unit, value, policy.getDuration("period")));
    }
    return new ScalingRules(
        choice(rules, path, "select", Select.class), rules.getDuration("stabilization"), policies);
  }

  private static List<MetricRule> metrics(ConfigObject section) {
    Config others = section.toConfig().getConfig(ConfigUtil.joinPath(OTHERS));
    List<MetricRule> metrics = new ArrayList<>();
    for (String name : new TreeSet<>(section.keySet())) {
      Config own = section.toConfig().getConfig(ConfigUtil.joinPath(name)).withFallback(others);
      String path = PATH + ".metrics." + name;
      MetricSource source = choice(own, path, "source", MetricSource.class);
      if (source != MetricSource.OFF) {
        metrics.add(new MetricRule(source, own.getString("gauge"), spec(name, path, own)));
      }
    }
    return metrics;
  }

  private static MetricSpec spec(String name, String path, Config own) {
    MetricSpec.Kind kind =
        switch (choice(own, path, "kind", Shape.class)) {
          case UTILIZATION -> MetricSpec.Kind.UTILIZATION;
          case AVERAGE -> MetricSpec.Kind.NODES_AVERAGE;
          case VALUE -> MetricSpec.Kind.VALUE;
        };
    double target = own.getDouble("target");
    double scale = kind == MetricSpec.Kind.UTILIZATION ? 1 : THOUSANDTHS;
    return new MetricSpec(name, kind, Math.round(target * scale));
  }

  /** The kinds of metrics by their names in the configuration. */
  private enum Shape {
    UTILIZATION,
    AVERAGE,
    VALUE
  }

  private static <E extends Enum<E>> E choice(Config own, String path, String key, Class<E> type) {
    String found = own.getString(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(found)) {
        return constant;
      }
    }
    String known =
        String.join(
            ", ",
            Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    throw new GridConfigException(
        "A setting is out of range: key=%s.%s, wanted=one of %s, found=%s"
            .formatted(path, key, known, found));
  }
}
