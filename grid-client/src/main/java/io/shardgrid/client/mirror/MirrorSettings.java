package io.shardgrid.client.mirror;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a mirror does and what bounds it, {@code grid.client.mirror}. Immutable. Every key stands in
 * this module's {@code reference.conf} with its meaning, unit and bound.
 *
 * @param mode what is done with dyed operations
 * @param dye which operations are dyed
 * @param inFlightMax operations under way to the canary
 * @param inFlightBytesMax bytes of these
 * @param canaryTimeout how long the canary is waited for
 * @param outOfStepMax keys that may be out of step before their map is unsure
 * @param judge how comparisons are made
 * @param verdict what follows
 */
public record MirrorSettings(
    MirrorMode mode,
    DyeRules dye,
    int inFlightMax,
    long inFlightBytesMax,
    Duration canaryTimeout,
    int outOfStepMax,
    JudgeRules judge,
    VerdictRules verdict) {

  private static final String PATH = "grid.client.mirror";
  private static final double WHOLE = 100;

  public MirrorSettings {
    require(inFlightMax >= 1, PATH + ".in-flight-max", "at least 1", inFlightMax);
    require(inFlightBytesMax >= 1, PATH + ".in-flight-bytes-max", "at least 1", inFlightBytesMax);
    require(
        canaryTimeout.toMillis() >= 1, PATH + ".canary-timeout", "at least 1 ms", canaryTimeout);
    require(outOfStepMax >= 1, PATH + ".out-of-step-max", "at least 1", outOfStepMax);
  }

  /**
   * Reads the application's configuration.
   *
   * @throws GridConfigException when a key is unknown or wrong; names its path
   */
  public static MirrorSettings load() {
    return from(ConfigFactory.load());
  }

  /**
   * Reads {@code grid.client.mirror}; what is missing is taken from {@code reference.conf}.
   *
   * @throws GridConfigException when a key is unknown or wrong; names its path
   */
  public static MirrorSettings from(Config config) {
    Config reference =
        ConfigFactory.defaultReference(MirrorSettings.class.getClassLoader()).getConfig(PATH);
    Config found = config.hasPath(PATH) ? config.getConfig(PATH) : ConfigFactory.empty();
    StrictSettings.checkKeys(found.root(), reference.root(), PATH);
    return StrictSettings.read(found.withFallback(reference), PATH, MirrorSettings::read);
  }

  /** The same in another mode. */
  public MirrorSettings withMode(MirrorMode other) {
    return new MirrorSettings(
        other, dye, inFlightMax, inFlightBytesMax, canaryTimeout, outOfStepMax, judge, verdict);
  }

  /** The same with other rules for what is dyed. */
  public MirrorSettings withDye(DyeRules other) {
    return new MirrorSettings(
        mode, other, inFlightMax, inFlightBytesMax, canaryTimeout, outOfStepMax, judge, verdict);
  }

  /** The same with other probes. */
  public MirrorSettings withProbes(ProbeRules other) {
    return new MirrorSettings(
        mode,
        dye,
        inFlightMax,
        inFlightBytesMax,
        canaryTimeout,
        outOfStepMax,
        judge.withProbes(other),
        verdict);
  }

  private static MirrorSettings read(Config mirror) {
    return new MirrorSettings(
        mode(mirror.getString("mode")),
        dye(mirror.getConfig("dye")),
        mirror.getInt("in-flight-max"),
        mirror.getBytes("in-flight-bytes-max"),
        mirror.getDuration("canary-timeout"),
        mirror.getInt("out-of-step-max"),
        judge(mirror.getConfig("judge")),
        verdict(mirror.getConfig("verdict")));
  }

  private static MirrorMode mode(String found) {
    for (MirrorMode mode : MirrorMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(found)) {
        return mode;
      }
    }
    require(false, PATH + ".mode", "off, shadow or canary", found);
    return MirrorMode.OFF;
  }

  private static DyeRules dye(Config dye) {
    double percent = dye.getDouble("percent");
    require(percent >= 0 && percent <= WHOLE, PATH + ".dye.percent", "0 to 100", percent);
    return new DyeRules(
        percent,
        Set.copyOf(dye.getStringList("maps")),
        kinds(dye.getStringList("operations")),
        dye.getString("tag"),
        dye.getBoolean("copies-all"));
  }

  private static Set<Request.Kind> kinds(List<String> words) {
    EnumSet<Request.Kind> kinds = EnumSet.noneOf(Request.Kind.class);
    for (String word : words) {
      int before = kinds.size();
      for (Request.Kind kind : Request.Kind.values()) {
        if (kind.word().equals(word)) {
          kinds.add(kind);
        }
      }
      require(
          kinds.size() > before,
          PATH + ".dye.operations",
          "kinds of operations, each once, as get, put, remove, expire, get_all",
          word);
    }
    return kinds;
  }

  private static JudgeRules judge(Config judge) {
    String path = PATH + ".judge.";
    Config test = judge.getConfig("self-test");
    JudgeRules rules =
        new JudgeRules(
            judge.getInt("queue-max"),
            judge.getBytes("queue-bytes-max"),
            judge.getInt("suspicions-max"),
            judge.getDuration("settle"),
            judge.getInt("tries-max"),
            judge.getDuration("ttl-tolerance"),
            judge.getInt("samples-max"),
            judge.getInt("versions-max"),
            judge.getInt("latency-pairs"),
            probes(judge.getConfig("probes")),
            test.getDouble("share"),
            test.getLong("least"));
    require(rules.queueMax() >= 1, path + "queue-max", "at least 1", rules.queueMax());
    require(rules.suspicionsMax() >= 1, path + "suspicions-max", "at least 1", "0");
    require(rules.settle().toMillis() >= 1, path + "settle", "at least 1 ms", rules.settle());
    require(
        rules.triesMax() >= 1 && rules.triesMax() <= 16, path + "tries-max", "1 to 16", "other");
    require(rules.ttlTolerance().toMillis() >= 1, path + "ttl-tolerance", "at least 1 ms", "less");
    require(rules.samplesMax() >= 0, path + "samples-max", "at least 0", rules.samplesMax());
    require(rules.versionsMax() >= 1, path + "versions-max", "at least 1", rules.versionsMax());
    require(
        rules.latencyPairs() >= LatencyComparison.LEAST_PAIRS && rules.latencyPairs() <= 1 << 20,
        path + "latency-pairs",
        "200 to 1048576",
        rules.latencyPairs());
    check(rules.probes(), path + "probes.");
    require(
        rules.selfTestShare() > 0 && rules.selfTestShare() <= 1,
        path + "self-test.share",
        "above 0, at most 1: a comparison that nothing tests proves nothing",
        rules.selfTestShare());
    require(rules.selfTestLeast() >= 1, path + "self-test.least", "at least 1", "0");
    return rules;
  }

  private static ProbeRules probes(Config probes) {
    return new ProbeRules(
        probes.getDouble("share"),
        probes.getInt("per-second-max"),
        probes.getInt("warm-up"),
        probes.getString("writes-map"));
  }

  private static void check(ProbeRules probes, String path) {
    require(
        probes.share() > 0 && probes.share() <= 1,
        path + "share",
        "above 0, at most 1: without probes nothing is known of times",
        probes.share());
    require(
        probes.perSecondMax() >= 1 && probes.perSecondMax() <= 10_000,
        path + "per-second-max",
        "1 to 10000",
        probes.perSecondMax());
    require(probes.warmUp() >= 0, path + "warm-up", "at least 0", "less");
  }

  private static VerdictRules verdict(Config verdict) {
    String path = PATH + ".verdict.";
    Config latency = verdict.getConfig("latency");
    VerdictRules rules =
        new VerdictRules(
            verdict.getLong("comparisons-min"),
            share(verdict, "mismatch-rate-max"),
            share(verdict, "mismatch-rate-shown"),
            share(verdict, "error-rate-max"),
            share(verdict, "settled-rate-max"),
            share(verdict, "inconclusive-max"),
            share(verdict, "dropped-max"),
            share(verdict, "confidence"),
            new LatencyComparison.Limits(
                latency.getDouble("ratio-max"),
                share(latency, "significance"),
                share(latency, "confidence")),
            Set.copyOf(verdict.getStringList("maps")),
            Set.copyOf(verdict.getStringList("operations")));
    require(rules.comparisonsMin() >= 1, path + "comparisons-min", "at least 1", "0");
    require(
        rules.latency().ratioMax() >= 1 && rules.latency().ratioMax() < 2,
        path + "latency.ratio-max",
        "1 to less than 2: doubled times have to be found",
        rules.latency().ratioMax());
    return rules;
  }

  private static double share(Config section, String key) {
    double share = section.getDouble(key);
    require(share > 0 && share < 1, PATH + ".verdict." + key, "above 0, below 1", share);
    return share;
  }
}
