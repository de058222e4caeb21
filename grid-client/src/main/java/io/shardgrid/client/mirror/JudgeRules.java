package io.shardgrid.client.mirror;

import java.time.Duration;

/**
 * How comparisons are made, and what bounds them. Immutable.
 *
 * @param queueMax comparisons that wait to be made
 * @param queueBytesMax bytes of their answers
 * @param suspicionsMax mismatches that wait to be looked at again
 * @param settle time before the first further look; doubles with each
 * @param triesMax looks that may say nothing before a mismatch is given up as inconclusive
 * @param ttlTolerance difference of two times to live that is none
 * @param samplesMax mismatches of one kind and map that are kept as samples
 * @param versionsMax keys whose versions are remembered
 * @param latencyPairs probes whose times are remembered, of reads and of writes
 * @param probes how often both clusters are asked the same to compare times
 * @param selfTestShare of the comparisons that are made once more with a known mismatch
 * @param selfTestLeast known mismatches of a kind that have to be reported
 */
public record JudgeRules(
    int queueMax,
    long queueBytesMax,
    int suspicionsMax,
    Duration settle,
    int triesMax,
    Duration ttlTolerance,
    int samplesMax,
    int versionsMax,
    int latencyPairs,
    ProbeRules probes,
    double selfTestShare,
    long selfTestLeast) {

  JudgeRules withProbes(ProbeRules other) {
    return new JudgeRules(
        queueMax,
        queueBytesMax,
        suspicionsMax,
        settle,
        triesMax,
        ttlTolerance,
        samplesMax,
        versionsMax,
        latencyPairs,
        other,
        selfTestShare,
        selfTestLeast);
  }
}
