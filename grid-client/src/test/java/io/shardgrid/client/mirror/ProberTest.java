package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How keys are read at both clusters to compare times. */
final class ProberTest {

  private static final int ROUNDS = 1_000;
  private static final KeyRef KEY = new KeyRef("orders", new byte[] {'k'});

  private final AtomicLong now = new AtomicLong();
  private final List<String> order = new ArrayList<>();
  private final MirrorSettings settings =
      SampleMirrorSettings.of("judge.probes { share = 0.5, per-second-max = 100, warm-up = 0 }");
  private final Judge judge =
      new Judge(settings.judge(), settings.verdict(), new SplittableRandom(1));
  private final Probes probes = new Probes(settings.judge().probes(), new SplittableRandom(2));
  private final Mirror mirror =
      new Mirror(
          timed("production", 100_000), settings, judge, new ComparisonQueue(1, 1), now::get);
  private final Prober prober = new Prober(mirror, judge, probes, 1_000_000);

  @Test
  void readsBothOneAfterTheOtherInDrawnOrderAndTellsTheTimeOfEach() throws Exception {
    mirror.connected(timed("canary", 300_000));
    probe();

    assertThat(order).hasSize(2 * ROUNDS);
    int productionFirst = 0;
    for (int at = 0; at < order.size(); at += 2) {
      assertThat(order.subList(at, at + 2)).containsExactlyInAnyOrder("production", "canary");
      productionFirst += order.get(at).equals("production") ? 1 : 0;
    }
    assertThat(productionFirst).as("drawn from a seed").isBetween(450, 550);
    LatencyComparison found = report().latency();
    assertThat(found.pairs()).isEqualTo(ROUNDS);
    assertThat(found.quantiles()).allMatch(ratio -> ratio.ratio() == 3);
    assertThat(report().traffic().probed()).isZero();
    assertThat(mirror.tally().traffic(true).probed()).isEqualTo(ROUNDS);
  }

  @Test
  void writesToAMapOfItsOwnIfOneIsNamed() throws Exception {
    ProbeRules rules = new ProbeRules(1, 100, 0, "probes");
    Probes both = new Probes(rules, new SplittableRandom(2));
    MemoryCluster canary = new MemoryCluster(4, 0);
    mirror.connected(canary);
    for (int round = 0; round < ROUNDS; round++) {
      both.compared(KEY);
      new Prober(mirror, judge, both, 1_000_000).run();
    }

    assertThat(canary.asked()).hasSize(2 * ROUNDS);
    assertThat(canary.asked().get(0)).isInstanceOf(Request.Get.class);
    assertThat(canary.asked().get(1)).isInstanceOf(Request.Put.class);
    assertThat(canary.value("probes", "probe-7")).isNotNull();
    assertThat(canary.value("orders", "k")).isNull();
  }

  @Test
  void readsNothingThatIsOutOfStepOrWhenItIsOffOrWithoutACanary() throws Exception {
    probe();
    mirror.connected(timed("canary", 300_000));
    mirror.outOfStep().mark(KEY);
    probe();
    mirror.outOfStep().clear(Objects.requireNonNull(mirror.outOfStep().next()));
    mirror.mode(MirrorMode.OFF);
    probe();

    assertThat(order).isEmpty();
  }

  @Test
  void makesAShareOfTheComparisonsAndMakesUpForNoMoreThanASecond() {
    assertThat(probes.nextRead()).as("nothing was compared").isNull();
    for (int number = 0; number < 10; number++) {
      probes.compared(KEY);
    }
    assertThat(drain()).isEqualTo(5);

    for (int number = 0; number < 10_000; number++) {
      probes.compared(KEY);
    }
    assertThat(drain()).isEqualTo(100);
  }

  @Test
  void waitsAtRandomAndSoLongOnAverageThatItMakesNoMoreThanAllowed() {
    long sum = 0;
    for (int number = 0; number < 100_000; number++) {
      sum += probes.pauseNanos();
    }
    assertThat(sum / 100_000).isBetween(9_800_000L, 10_200_000L);
  }

  private int drain() {
    int made = 0;
    while (probes.nextRead() != null) {
      made++;
    }
    return made;
  }

  private void probe() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      probes.compared(KEY);
      probes.compared(KEY);
      prober.run();
    }
  }

  private MirrorReport report() {
    return judge.report(MirrorMode.SHADOW, MirrorReport.Traffic.NONE, Set.of(), 0);
  }

  /** A cluster whose answers take a fixed time, by the clock of this test. */
  private MirrorCluster timed(String name, long nanos) {
    MemoryCluster cluster = new MemoryCluster(4, 0);
    return new MirrorCluster() {
      @Override
      public int shards() {
        return cluster.shards();
      }

      @Override
      public void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
        order.add(name);
        now.addAndGet(nanos);
        cluster.ask(map, shard, request, timeoutNanos, outcome);
      }
    };
  }
}
