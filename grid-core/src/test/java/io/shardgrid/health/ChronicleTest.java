package io.shardgrid.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChronicleTest {

  private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

  private final Chronicle chronicle = new Chronicle(START);
  private final List<MemberView> members = new ArrayList<>();
  private int second;
  private int thin;
  private long epoch = 1;

  ChronicleTest() {
    join("a", 1);
    join("b", 1);
  }

  private void join(String name, long uid) {
    members.add(new MemberView(new NodeId(name, 1, uid), name, "z", 1, 1, 1, 1, Standing.UP));
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      chronicle.note(
          START.plusSeconds(second++),
          new HealthFacts.Shards(4, 2, 0, List.of(), thin),
          List.copyOf(members),
          epoch);
    }
  }

  @Test
  void measuresHowLongCopiesWereMissing() {
    pass(3);
    thin = 2;
    pass(4);
    assertThat(chronicle.summary().missingSince()).isEqualTo(START.plusSeconds(3));
    thin = 0;
    pass(1);
    assertThat(chronicle.summary().missingSince()).isNull();
    assertThat(chronicle.summary().spans())
        .containsExactly(
            new Chronicle.Span(
                Chronicle.Kind.RECOVERY,
                "all copies are there again",
                START.plusSeconds(3),
                Duration.ofSeconds(4)));
  }

  @Test
  void countsNoBirthAsARecoveryOrAJoin() {
    thin = 4;
    pass(10);
    thin = 0;
    pass(10);
    assertThat(chronicle.summary().spans()).isEmpty();
    assertThat(chronicle.summary().joined()).isZero();
  }

  @Test
  void measuresAJoinUntilThePlacementRests() {
    pass(2);
    join("c", 1);
    for (int move = 0; move < 6; move++) {
      epoch++;
      pass(1);
    }
    assertThat(chronicle.summary().spans()).isEmpty();
    pass(5);
    assertThat(chronicle.summary().spans())
        .containsExactly(
            new Chronicle.Span(
                Chronicle.Kind.JOIN, "c", START.plusSeconds(2), Duration.ofSeconds(5)));
    assertThat(chronicle.summary().joined()).isEqualTo(1);
  }

  @Test
  void waitsAWhileUntilSomethingMovesForAMember() {
    pass(10);
    join("c", 1);
    pass(8);
    epoch++;
    pass(6);
    assertThat(chronicle.summary().spans())
        .containsExactly(
            new Chronicle.Span(
                Chronicle.Kind.JOIN, "c", START.plusSeconds(10), Duration.ofSeconds(8)));
    join("witness", 1);
    pass(62);
    epoch++;
    pass(10);
    assertThat(chronicle.summary().spans()).hasSize(1);
    assertThat(chronicle.summary().joined()).isEqualTo(2);
  }

  @Test
  void measuresNoJoinThatACrashFallsInto() {
    pass(2);
    join("c", 1);
    epoch++;
    pass(1);
    thin = 1;
    epoch++;
    pass(1);
    thin = 0;
    epoch++;
    pass(10);
    assertThat(chronicle.summary().spans())
        .extracting(Chronicle.Span::kind)
        .containsExactly(Chronicle.Kind.RECOVERY);
  }

  @Test
  void tellsWhoLeftFromWhoWasTakenOut() {
    join("c", 1);
    pass(1);
    MemberView c = members.remove(2);
    members.add(c.withStanding(Standing.LEAVING));
    pass(1);
    members.remove(2);
    pass(1);
    assertThat(chronicle.summary().left()).isEqualTo(1);
    members.remove(1);
    join("b", 2);
    pass(1);
    assertThat(chronicle.summary().expelled()).isEqualTo(1);
    assertThat(chronicle.summary().joined()).isEqualTo(1);
  }

  @Test
  void forgetsTheOldest() {
    pass(1);
    for (int i = 0; i < Chronicle.SPANS_MAX + 5; i++) {
      thin = 1;
      pass(1);
      thin = 0;
      pass(1);
    }
    assertThat(chronicle.summary().spans()).hasSize(Chronicle.SPANS_MAX);
    assertThat(chronicle.summary().spans().get(0).began()).isEqualTo(START.plusSeconds(11));
  }
}
