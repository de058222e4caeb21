package io.shardgrid.client.mirror;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a judge counts. Confined to whoever holds it. */
final class JudgeTally {

  private static final int NAMES_MAX = 64;
  private static final String OTHER = "other";

  private final Map<Mismatch, Count> kinds = new EnumMap<>(Mismatch.class);
  private final Map<Inconclusive, Long> inconclusive = new EnumMap<>(Inconclusive.class);
  private final Map<String, Long> maps = new TreeMap<>();
  private final Map<String, Long> operations = new TreeMap<>();
  private long compared;
  private long settled;
  private long canaryErrors;
  private long productionErrors;

  /** What was found of one kind. */
  private static final class Count {
    private long compared;
    private long confirmed;
    private long settled;
  }

  /** A comparison came to an end, equal or not. */
  void compared(Comparison comparison, Judgement judgement) {
    compared++;
    judgement.compared().forEach(kind -> count(kind).compared++);
    String map = comparison.key().map();
    maps.merge(maps.size() < NAMES_MAX || maps.containsKey(map) ? map : OTHER, 1L, Long::sum);
    operations.merge(comparison.kind().word(), 1L, Long::sum);
    if (comparison.production().isSuccess() && !comparison.canary().isSuccess()) {
      canaryErrors++;
    } else if (!comparison.production().isSuccess() && comparison.canary().isSuccess()) {
      productionErrors++;
    }
  }

  void confirmed(Mismatch kind) {
    count(kind).confirmed++;
  }

  void settled(Suspicion suspicion) {
    settled++;
    suspicion.kinds().forEach(kind -> count(kind).settled++);
  }

  void inconclusive(Inconclusive reason) {
    inconclusive.merge(reason, 1L, Long::sum);
  }

  private Count count(Mismatch kind) {
    return kinds.computeIfAbsent(kind, any -> new Count());
  }

  MirrorReport report(
      LatencyComparison latency,
      LatencyComparison writeLatency,
      SelfTestReport selfTest,
      MismatchSamples samples) {
    Map<Mismatch, MirrorReport.Kind> found = new EnumMap<>(Mismatch.class);
    for (Mismatch kind : Mismatch.values()) {
      Count count = kinds.getOrDefault(kind, new Count());
      found.put(kind, new MirrorReport.Kind(count.compared, count.confirmed, count.settled));
    }
    Map<Inconclusive, Long> nothing = new EnumMap<>(Inconclusive.class);
    for (Inconclusive reason : Inconclusive.values()) {
      nothing.put(reason, inconclusive.getOrDefault(reason, 0L));
    }
    return new MirrorReport(
        MirrorMode.SHADOW,
        MirrorReport.Traffic.NONE,
        compared,
        found,
        nothing,
        canaryErrors,
        productionErrors,
        settled,
        latency,
        writeLatency,
        selfTest,
        new MirrorReport.Coverage(maps, operations),
        Set.of(),
        0,
        samples.all(),
        new Verdict(Verdict.Decision.HOLD, List.of()));
  }
}
