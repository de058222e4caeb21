package io.shardgrid.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DowningTest {

  private static final DowningSettings SETTINGS =
      new DowningSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(12));
  private static final List<NodeId> NODES =
      IntStream.range(0, 7).mapToObj(i -> new NodeId("n", i + 1, i)).toList();
  private static final NodeId DEAD = NODES.get(6);
  private static final Hearing NOBODY = new Hearing(Set.of(), Set.of(), null);
  private static final Hearing ACCUSING = new Hearing(Set.of(DEAD), Set.of(), null);
  private static final Hearing JOINING = new Hearing(Set.of(NODES.get(5)), Set.of(), null);

  private final Downing downing = new Downing(NODES.get(0), SETTINGS);

  @BeforeEach
  void begin() {
    downing.members(
        IntStream.range(0, NODES.size())
            .mapToObj(i -> view(NODES.get(i), i == 5 ? Standing.JOINING : Standing.UP))
            .toList(),
        0);
  }

  private static MemberView view(NodeId node, Standing standing) {
    return new MemberView(node, "", "", 1, 0, 0, 0, standing);
  }

  @Test
  void isToldNewsOnce() {
    NodeId from = NODES.get(1);
    assertThat(downing.told(from, NOBODY, 0)).isFalse();
    assertThat(downing.told(from, ACCUSING, 0)).isTrue();
    assertThat(downing.told(from, ACCUSING, 0)).isFalse();
    assertThat(downing.told(from, NOBODY, 0)).isFalse();
    assertThat(downing.told(from, ACCUSING, 0)).isTrue();
    assertThat(downing.told(new NodeId("stranger", 1, 1), ACCUSING, 0)).isFalse();
  }

  @Test
  void takesOutWhomMoreThanHalfOfTheVotersAccuse() {
    // Six of the seven vote, and the accused is one of them.
    Stream.of(1, 2, 3).forEach(i -> downing.told(NODES.get(i), ACCUSING, 0));
    assertThat(downing.judge(0, node -> false).down()).isEmpty();
    downing.told(NODES.get(5), ACCUSING, 0);
    assertThat(downing.judge(0, node -> false).down()).isEmpty();
    downing.told(NODES.get(4), ACCUSING, 0);
    assertThat(downing.judge(0, node -> false).down()).containsOnlyKeys(DEAD);
    assertThat(downing.judge(0, node -> false).down()).isEmpty();
  }

  @Test
  void takesOutAJoiningMemberByTheSameVotes() {
    Stream.of(1, 2, 3, 4).forEach(i -> downing.told(NODES.get(i), JOINING, 0));
    assertThat(downing.judge(0, node -> false).down()).containsOnlyKeys(NODES.get(5));
  }
}
