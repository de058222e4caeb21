package io.shardgrid.client.mirror;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that a mirror knows of its canary. Immutable.
 *
 * @param traffic what went where
 * @param compared comparisons that came to an end, equal or not
 * @param kinds what was found, by kind
 * @param inconclusive comparisons that say nothing, by reason
 * @param canaryErrors operations that the canary alone has failed
 * @param productionErrors operations that production alone has failed
 * @param settled mismatches that were gone at the second look
 * @param latency the comparison of times of reads
 * @param writeLatency that of writes, if probes may write
 * @param unsure maps of which the canary may lack anything; {@code *} for all
 * @param outOfStep keys of which the canary may lack a write
 */
public record MirrorReport(
    MirrorMode mode,
    Traffic traffic,
    long compared,
    Map<Mismatch, Kind> kinds,
    Map<Inconclusive, Long> inconclusive,
    long canaryErrors,
    long productionErrors,
    long settled,
    LatencyComparison latency,
    LatencyComparison writeLatency,
    SelfTestReport selfTest,
    Coverage coverage,
    Set<String> unsure,
    int outOfStep,
    List<MismatchSample> samples,
    Verdict verdict) {

  /**
   * What went where.
   *
   * @param operations of callers
   * @param dyed those that were to be compared, or answered by the canary
   * @param copied operations that the canary was asked
   * @param dropped copies that were not sent: as many were under way as may be, or the canary was
   *     not connected
   * @param failed copies that the canary has failed, or not answered in time
   * @param fallBacks dyed operations in the mode canary that production has answered
   * @param repaired keys that were brought in step again
   * @param probed probes, which both were asked one after the other to compare times
   * @param isConnected whether the canary is connected
   */
  public record Traffic(
      long operations,
      long dyed,
      long copied,
      long dropped,
      long failed,
      long fallBacks,
      long repaired,
      long probed,
      boolean isConnected) {

    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0, true);
  }

  /**
   * One kind of mismatch.
   *
   * @param compared comparisons that were about it
   * @param confirmed found, and found again at the second look
   * @param settled gone at the second look
   */
  public record Kind(long compared, long confirmed, long settled) {}

  /**
   * What the comparisons were about.
   *
   * @param maps comparisons by map, of the first maps
   * @param operations comparisons by kind of operation
   */
  public record Coverage(Map<String, Long> maps, Map<String, Long> operations) {
    public Coverage {
      maps = Collections.unmodifiableMap(new TreeMap<>(maps));
      operations = Collections.unmodifiableMap(new TreeMap<>(operations));
    }
  }

  public MirrorReport {
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
    inconclusive = Collections.unmodifiableMap(new EnumMap<>(inconclusive));
    unsure = Set.copyOf(unsure);
    samples = List.copyOf(samples);
  }

  /** Mismatches of this kind that count. */
  public long confirmed(Mismatch kind) {
    Kind found = kinds.get(kind);
    return found == null ? 0 : found.confirmed;
  }

  /** The same with a verdict. */
  MirrorReport with(Verdict other) {
    return new MirrorReport(
        mode,
        traffic,
        compared,
        kinds,
        inconclusive,
        canaryErrors,
        productionErrors,
        settled,
        latency,
        writeLatency,
        selfTest,
        coverage,
        unsure,
        outOfStep,
        samples,
        other);
  }
}
