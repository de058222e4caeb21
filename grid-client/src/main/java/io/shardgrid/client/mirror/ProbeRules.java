package io.shardgrid.client.mirror;

/**
 * How often both clusters are asked the same to compare times, {@code judge.probes}. Immutable.
 *
 * @param share probes of a comparison
 * @param perSecondMax probes a second, on average
 * @param warmUp the first probes that both answer, whose times do not count
 * @param writesMap map that probes write to; empty for none: then writes are not timed
 */
public record ProbeRules(double share, int perSecondMax, int warmUp, String writesMap) {

  boolean hasWrites() {
    return !writesMap.isEmpty();
  }
}
