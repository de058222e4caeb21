package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The short form of the trials: canaries with planted faults, and healthy ones, in simulated time
 * and from seeds. {@code mirror trial} has them with real clusters.
 */
final class VerdictTrialTest {

  private static final int TRIALS = 20;
  private static final int OPERATIONS = 4_000;
  private static final int KEYS = 200;
  private static final long STEP = 1_000_000;
  private static final int PROBE_OF = 4;
  private static final int ROUNDS_MAX = 10;

  private enum Fault {
    WRONG_TTL,
    LOST_WRITES,
    TWICE_THE_LATENCY,
    SLOW_WRITES
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void rollsBackACanaryWithAFaultInEachOfTwentyTrials(Fault fault) {
    for (int seed = 0; seed < TRIALS; seed++) {
      Verdict verdict = new Trial(seed, fault).run().verdict();

      assertThat(verdict.decision())
          .as("seed %d: %s", seed, verdict.reasons())
          .isEqualTo(Verdict.Decision.ROLL_BACK);
    }
  }

  @Test
  void promotesAHealthyCanaryInEachOfTwentyTrials() {
    for (int seed = 0; seed < TRIALS; seed++) {
      Verdict verdict = new Trial(seed, null).run().verdict();

      assertThat(verdict.decision())
          .as("seed %d: %s", seed, verdict.reasons())
          .isEqualTo(Verdict.Decision.PROMOTE);
    }
  }

  /** Two simulated clusters that a judge compares. */
  private static final class Trial {
    private final SplittableRandom random;
    private final @Nullable Fault fault;
    private final Answer[] production = new Answer[KEYS];
    private final Answer[] canary = new Answer[KEYS];
    private final Judge judge;
    private long version = 1;
    private long number;
    private long now;

    Trial(long seed, @Nullable Fault fault) {
      this.random = new SplittableRandom(seed);
      this.fault = fault;
      MirrorSettings settings = SampleMirrorSettings.of("judge.probes.writes-map = probes");
      this.judge = new Judge(settings.judge(), settings.verdict(), random.split());
      Arrays.fill(production, Answer.Absent.INSTANCE);
      Arrays.fill(canary, Answer.Absent.INSTANCE);
    }

    /** A canary that is held is compared further, as that means. */
    MirrorReport run() {
      MirrorReport report = round();
      for (int more = 1; isHeld(report) && more < ROUNDS_MAX; more++) {
        report = round();
      }
      return report;
    }

    private static boolean isHeld(MirrorReport report) {
      return report.verdict().decision() == Verdict.Decision.HOLD;
    }

    private MirrorReport round() {
      for (int operation = 0; operation < OPERATIONS; operation++) {
        now += STEP;
        int key = random.nextInt(KEYS);
        if (random.nextInt(4) == 0) {
          put(key);
        } else {
          compare(key, Request.Kind.GET, production[key], canary[key]);
        }
        look();
      }
      now += 100 * STEP;
      look();
      return judge.report(MirrorMode.SHADOW, MirrorReport.Traffic.NONE, Set.of(), 0);
    }

    private void put(int key) {
      byte[] value = {(byte) random.nextInt(), (byte) random.nextInt()};
      boolean isExpiring = random.nextInt(4) == 0;
      long left = isExpiring ? 60_000 : -1;
      production[key] = new Answer.Entry(value, 2, ++version, 0, left);
      boolean isLost = fault == Fault.LOST_WRITES && random.nextInt(100) == 0;
      if (!isLost) {
        long ofCanary = fault == Fault.WRONG_TTL && isExpiring ? left / 2 : left;
        canary[key] = new Answer.Entry(value, 2, 1_000 + version, 0, ofCanary);
      }
      compare(
          key,
          Request.Kind.PUT,
          new Answer.Stored(true, version, null),
          new Answer.Stored(true, 1_000 + version, null));
    }

    private void compare(int key, Request.Kind kind, Answer one, Answer other) {
      judge.take(
          new Comparison(++number, ref(key), kind, SideReply.of(one), SideReply.of(other)), now);
      if (number % PROBE_OF == 0) {
        boolean isSlow = fault == Fault.TWICE_THE_LATENCY;
        judge.probedRead(time(1), time(isSlow ? 2 : 1));
        judge.probedWrite(time(1), time(isSlow || fault == Fault.SLOW_WRITES ? 2 : 1));
      }
    }

    private long time(double factor) {
      return (long) (100_000 * factor * Math.exp(0.5 * random.nextGaussian()));
    }

    private void look() {
      Suspicion due = judge.due(now);
      while (due != null) {
        int key = due.key().key()[0] & 0xff;
        SideReply first = SideReply.of(production[key]);
        Sight sight = new Sight(first, SideReply.of(canary[key]), first, true);
        if (judge.looked(due, sight, now) == Judge.Finding.CONFIRMED && due.injected() == null) {
          canary[key] =
              production[key] instanceof Answer.Entry entry ? copy(entry) : production[key];
          judge.forget(ref(key));
        }
        due = judge.due(now);
      }
    }

    private Answer copy(Answer.Entry entry) {
      return new Answer.Entry(
          entry.value(), entry.length(), 1_000 + ++version, 0, entry.leftMillis());
    }

    private static KeyRef ref(int key) {
      return new KeyRef("orders", new byte[] {(byte) key});
    }
  }
}
