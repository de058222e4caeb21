package io.shardgrid.client.mirror;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which key is to be read next at both clusters, in which order, and when: after a random time, and
 * only as often as comparisons have earned it. Thread-safe.
 */
final class Probes {

  private static final int KEYS_MAX = 64;
  private static final double SECOND_NANOS = 1e9;

  private final ProbeRules rules;
  private final SplittableRandom random;
  private final KeyRef[] keys = new KeyRef[KEYS_MAX];
  private final KeyRef[] writeKeys = new KeyRef[KEYS_MAX];
  private long seen;
  private double earned;

  /**
   * What both are to be asked.
   *
   * @param isProductionFirst whether production is asked first, and then the canary
   */
  record Probe(KeyRef key, boolean isProductionFirst) {}

  Probes(ProbeRules rules, SplittableRandom random) {
    this.rules = rules;
    this.random = random;
    for (int number = 0; number < KEYS_MAX; number++) {
      byte[] key = ("probe-" + number).getBytes(StandardCharsets.UTF_8);
      writeKeys[number] = new KeyRef(rules.writesMap(), key);
    }
  }

  /** An operation on this key was compared. */
  synchronized void compared(KeyRef key) {
    keys[(int) (seen % KEYS_MAX)] = key;
    seen++;
    earned = Math.min(rules.perSecondMax(), earned + rules.share());
  }

  /** What is to be read now; null for nothing. */
  synchronized @Nullable Probe nextRead() {
    if (earned < 1) {
      return null;
    }
    earned--;
    int known = (int) Math.min(seen, KEYS_MAX);
    return new Probe(keys[random.nextInt(known)], random.nextBoolean());
  }

  /** What is to be written after a read; null for nothing. */
  synchronized @Nullable Probe nextWrite() {
    return rules.hasWrites()
        ? new Probe(writeKeys[random.nextInt(KEYS_MAX)], random.nextBoolean())
        : null;
  }

  /** How long to wait until the next one: at random, so that no rhythm of a cluster meets it. */
  synchronized long pauseNanos() {
    double mean = SECOND_NANOS / rules.perSecondMax();
    return (long) (-mean * Math.log(1 - random.nextDouble()));
  }
}
