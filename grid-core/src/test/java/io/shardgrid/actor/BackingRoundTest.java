package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.sight.RuleSight;
import io.shardgrid.sight.StoreSight;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackingRoundTest {

  private static final long SECOND = 1_000_000_000;

  private long queries;
  private long calls;
  private int stores = 1;
  private int rules = 1;

  private final BackingRound round =
      new BackingRound(
          () -> IntStream.range(0, stores).mapToObj(this::store).toList(),
          () -> IntStream.range(0, rules).mapToObj(this::rule).toList(),
          0);

  private StoreSight store(int number) {
    return new StoreSight(
        "m" + number,
        "through",
        0,
        StoreSight.Breaker.CLOSED,
        0,
        new StoreSight.Behind(0, 0, 0),
        new StoreSight.Calls(0, 0, 0, 0, 0),
        new StoreSight.Counts(queries, 0, 0, 0, 0, 0, 0, 0),
        new StoreSight.Pool(0, 0),
        0);
  }

  private RuleSight rule(int number) {
    return new RuleSight(
        "r" + number, "", 0, RuleSight.Standing.READY, "", List.of(), 0, calls, 0, 0);
  }

  @Test
  void hasRatesOfEachOverTheTimeSinceTheRoundBefore() {
    queries = 100;
    calls = 7;
    assertThat(round.look(SECOND).stores().get(0).queriesPerSecond()).isZero();
    queries = 150;
    calls = 8;
    BackingRound.Found found = round.look(3 * SECOND);
    assertThat(found.stores().get(0).queriesPerSecond()).isEqualTo(25);
    assertThat(found.rules().get(0).callsPerSecond()).isEqualTo(0.5);
  }

  @Test
  void tellsNoMoreThanMayBeTold() {
    stores = 1_000;
    rules = 1_000;
    BackingRound.Found found = round.look(SECOND);
    assertThat(found.stores()).hasSize(StoreSight.STORES_MAX);
    assertThat(found.rules()).hasSize(RuleSight.RULES_MAX);
  }

  @Test
  void cutsWhatIsWrongWithARule() {
    RuleSight rule =
        new RuleSight(
            "r",
            "",
            0,
            RuleSight.Standing.QUARANTINED,
            "x".repeat(5_000),
            List.of(),
            0,
            calls,
            0,
            0);
    assertThat(rule.problem()).hasSize(RuleSight.PROBLEM_LENGTH_MAX + 1).endsWith("\u2026");
  }
}
