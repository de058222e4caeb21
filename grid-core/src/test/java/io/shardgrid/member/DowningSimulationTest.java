package io.shardgrid.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.member.SimMembers.SimMember;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole clusters of judges, whose connections are cut in every way. */
final class DowningSimulationTest {

  private static final long FAULT = 2_000;
  private static final long END = 60_000;
  private static final int SEEDS = Integer.getInteger("grid.test.cuts", 1000);
  private static final int FIRST = Integer.getInteger("grid.test.first-cut", 1);

  @Test
  void leavesOneClusterAtMostWhateverIsCut() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      try {
        run(seed);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(int seed) {
    Random random = new Random(seed);
    SimMembers cluster = new SimMembers(random, 2 + random.nextInt(6));
    cluster.run(FAULT);
    int faults = 1 + random.nextInt(3);
    for (int i = 0; i < faults; i++) {
      cutSomehow(cluster, random);
      cluster.run(cluster.nowMillis() + random.nextInt(9_000));
      if (random.nextInt(3) == 0) {
        cluster.heal();
      }
    }
    cluster.run(cluster.nowMillis() + END);
    cluster.checkOneCluster(seed);
  }

  private static void cutSomehow(SimMembers cluster, Random random) {
    List<SimMember> all = new ArrayList<>(cluster.processes());
    Collections.shuffle(all, random);
    SimMember one = all.get(0);
    SimMember other = all.get(1);
    switch (random.nextInt(7)) {
      case 0 -> one.kill();
      case 1 -> cluster.cut(one, other);
      case 2 -> {
        List<SimMember> side = all.subList(0, 1 + random.nextInt(all.size() - 1));
        side.forEach(
            a -> all.stream().filter(b -> !side.contains(b)).forEach(b -> cluster.cut(a, b)));
      }
      case 3 -> one.pause(random.nextInt(12_000));
      case 4 -> cluster.join();
      default -> {
        int links = 1 + random.nextInt(all.size() * 2);
        for (int i = 0; i < links; i++) {
          SimMember a = all.get(random.nextInt(all.size()));
          SimMember b = all.get(random.nextInt(all.size()));
          if (a != b) {
            cluster.cut(a, b);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void takesOutWhoIsCutOffAndNobodyElse(int count) {
    for (int victim = 0; victim < count; victim++) {
      SimMembers cluster = started(count);
      SimMember gone = cluster.processes().get(victim);
      cluster.processes().stream()
          .filter(one -> one != gone)
          .forEach(one -> cluster.cut(one, gone));
      cluster.run(FAULT + 7_500);
      assertThat(cluster.members(cluster.processes().get(victim == 0 ? 1 : 0)))
          .as("victim %d of %d", victim, count)
          .isEqualTo(numbersBut(count, victim));
      cluster.run(FAULT + 10_000);
      assertThat(gone.isRunning()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void takesOutOneOfTwoThatDoNotHearEachOther(int count) {
    SimMembers cluster = started(count);
    cluster.cut(cluster.processes().get(1), cluster.processes().get(2));
    cluster.run(FAULT + 10_000);
    assertThat(cluster.processes()).allMatch(SimMember::isRunning);
    cluster.run(FAULT + 20_000);
    assertThat(running(cluster)).isEqualTo(numbersBut(count, 2));
  }

  @Test
  void takesOutWhoCrashedAtOnce() {
    SimMembers cluster = started(3);
    cluster.processes().get(0).kill();
    cluster.run(FAULT + 1_500);
    assertThat(cluster.members(cluster.processes().get(1))).doesNotContain(0);
  }

  @Test
  void waitsForSilenceWhereTwoAreAlone() {
    SimMembers cluster = started(2);
    cluster.processes().get(1).kill();
    cluster.run(FAULT + 4_500);
    assertThat(cluster.members(cluster.processes().get(0))).contains(1);
    cluster.run(FAULT + 6_500);
    assertThat(cluster.members(cluster.processes().get(0))).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void takesNobodyOutWhenAllStandStill(int count) {
    SimMembers cluster = started(count);
    cluster.processes().forEach(one -> one.pause(20_000));
    cluster.run(FAULT + 40_000);
    assertThat(cluster.processes()).allMatch(SimMember::isRunning);
  }

  @Test
  void endsSoonWhenItIsNoMemberAnyMore() {
    SimMembers cluster = started(3);
    SimMember paused = cluster.processes().get(1);
    paused.pause(10_000);
    cluster.run(FAULT + 10_500);
    assertThat(paused.isRunning()).isFalse();
    assertThat(running(cluster)).isEqualTo(numbersBut(3, 1));
  }

  @Test
  void takesNobodyOutForAShortPause() {
    SimMembers cluster = started(3);
    cluster.processes().get(1).pause(3_500);
    cluster.run(FAULT + 20_000);
    assertThat(cluster.processes()).allMatch(SimMember::isRunning);
  }

  @Test
  void prefersTheOneThatIsStillJoining() {
    SimMembers cluster = started(3);
    SimMember late = cluster.join();
    cluster.cut(cluster.processes().get(2), late);
    cluster.run(FAULT + 19_000);
    assertThat(running(cluster)).hasSize(4);
    cluster.run(FAULT + 25_000);
    assertThat(running(cluster)).isEqualTo(numbersBut(4, 3));
  }

  private static SimMembers started(int count) {
    SimMembers cluster = new SimMembers(new Random(count), count);
    cluster.run(FAULT);
    return cluster;
  }

  private static Set<Integer> running(SimMembers cluster) {
    return cluster.processes().stream()
        .filter(SimMember::isRunning)
        .map(SimMember::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> numbersBut(int count, int but) {
    return IntStream.range(0, count)
        .filter(number -> number != but)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
