package io.shardgrid.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HealthTest {

  private static final HealthFacts.Moves REST = new HealthFacts.Moves(0, 0, false, 0);

  private static HealthFacts.Member member(String name, Standing standing, boolean isAnswering) {
    return new HealthFacts.Member(
        new MemberView(new NodeId(name, 1, name.hashCode()), name, "z", 1, 1, 1, 1, standing),
        isAnswering);
  }

  private static List<HealthFacts.Member> three() {
    return List.of(
        member("a", Standing.UP, true),
        member("b", Standing.UP, true),
        member("c", Standing.UP, true));
  }

  private static List<HealthFacts.Member> threeAnd(HealthFacts.Member one) {
    List<HealthFacts.Member> members = new ArrayList<>(three());
    members.add(one);
    return members;
  }

  private static HealthFacts.Shards shards(int unplaced, List<Integer> lost, int thin) {
    return new HealthFacts.Shards(256, 2, unplaced, lost, thin);
  }

  private static Health of(
      HealthFacts.Shards shards,
      List<HealthFacts.Member> members,
      HealthFacts.@Nullable Moves moves) {
    return Health.of(new HealthFacts(shards, members, moves, List.of()));
  }

  @Test
  void isHealthyWhenNothingIsWrongOrMoves() {
    Health health = of(shards(0, List.of(), 0), three(), REST);
    assertThat(health.word()).isEqualTo(HealthWord.HEALTHY);
    assertThat(health.reasons()).isEmpty();
  }

  @Test
  void isRebalancingWhileAllCopiesAreThereAndShardsMove() {
    Health health =
        of(
            shards(0, List.of(), 0),
            threeAnd(member("d", Standing.JOINING, false)),
            new HealthFacts.Moves(8, 100, false, 0));
    assertThat(health.word()).isEqualTo(HealthWord.REBALANCING);
    assertThat(health.reasons())
        .extracting(HealthReason::text)
        .containsExactly("Shards move: running=8, waiting=100", "A member joins: node=d");
  }

  @Test
  void isRebalancingWhileMovesAreHeldUp() {
    for (HealthFacts.Moves moves :
        List.of(new HealthFacts.Moves(0, 3, true, 0), new HealthFacts.Moves(0, 0, false, 3))) {
      Health health = of(shards(0, List.of(), 0), three(), moves);
      assertThat(health.word()).isEqualTo(HealthWord.REBALANCING);
      assertThat(health.reasons())
          .extracting(HealthReason::cause)
          .containsExactly(HealthCause.MOVES_HELD_UP);
    }
    assertThat(of(shards(0, List.of(), 0), three(), new HealthFacts.Moves(0, 0, true, 0)).word())
        .isEqualTo(HealthWord.HEALTHY);
  }

  @Test
  void isDegradedWhenACopyIsMissingEvenIfItIsBeingMade() {
    Health health = of(shards(0, List.of(), 5), three(), new HealthFacts.Moves(5, 0, false, 0));
    assertThat(health.word()).isEqualTo(HealthWord.DEGRADED);
    assertThat(health.reasons())
        .extracting(HealthReason::cause)
        .containsExactly(HealthCause.COPIES_MISSING, HealthCause.SHARDS_MOVING);
    assertThat(health.reasons().get(0).text())
        .isEqualTo("Shards have fewer copies than they should: shards=5, copies=2");
  }

  @Test
  void isDegradedWhenSomebodyWhoIsNeededDoesNotAnswer() {
    HealthFacts.Shards whole = shards(0, List.of(), 0);
    assertThat(of(whole, threeAnd(member("d", Standing.UNREACHABLE, false)), REST).reasons())
        .containsExactly(
            new HealthReason(
                HealthCause.MEMBER_UNREACHABLE, "The cluster misses a member: node=d"));
    assertThat(of(whole, threeAnd(member("d", Standing.UP, false)), REST).word())
        .isEqualTo(HealthWord.DEGRADED);
    Health silent = of(whole, three(), null);
    assertThat(silent.word()).isEqualTo(HealthWord.DEGRADED);
    assertThat(silent.reasons().get(0).cause()).isEqualTo(HealthCause.AUTHORITY_SILENT);
    assertThat(Health.of(new HealthFacts(whole, three(), REST, List.of("no link"))).word())
        .isEqualTo(HealthWord.DEGRADED);
    assertThat(of(whole, three().subList(0, 1), REST).reasons().get(0).text())
        .isEqualTo("Fewer members take data than a shard should have copies: members=1, copies=2");
    assertThat(of(shards(2, List.of(), 0), three(), REST).word()).isEqualTo(HealthWord.DEGRADED);
  }

  @Test
  void isLostWhateverElseIsSoAndNamesTheFirstShards() {
    Health health =
        of(
            shards(0, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 5),
            threeAnd(member("d", Standing.UNREACHABLE, false)),
            new HealthFacts.Moves(5, 0, false, 0));
    assertThat(health.word()).isEqualTo(HealthWord.LOST);
    assertThat(health.reasons().get(0).text()).endsWith("shards=9, numbers=1 2 3 4 5 6 7 8 ...");
    assertThat(health.reasons()).hasSize(4);
  }
}
