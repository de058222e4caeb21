package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SuspicionsTest {

  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);
  private static final NodeId C = new NodeId("c", 1, 1);
  private static final NodeId D = new NodeId("d", 1, 1);
  private static final Set<NodeId> ALL = Set.of(A, B, C, D);

  private final Suspicions suspicions =
      new Suspicions(
          new PlacementSettings(
              1,
              1,
              Duration.ZERO,
              Duration.ofMillis(1),
              Duration.ofMillis(1),
              1,
              1,
              Duration.ofMillis(1),
              Duration.ofMillis(1)));

  @Test
  void wantsMoreThanHalfOfTheOthers() {
    suspicions.reported(B, A, 0);
    assertThat(suspicions.suspects(ALL, 1)).isEmpty();
    suspicions.reported(C, A, 0);
    assertThat(suspicions.suspects(ALL, 1)).containsExactly(A);
  }

  @Test
  void takesNobodysWordInAClusterOfTwo() {
    suspicions.reported(B, A, 0);
    assertThat(suspicions.suspects(Set.of(A, B), 1)).isEmpty();
  }

  @Test
  void doesNotCountOneMemberTwiceNorItself() {
    suspicions.reported(B, A, 0);
    suspicions.reported(B, A, 0);
    suspicions.reported(A, A, 0);
    assertThat(suspicions.suspects(ALL, 1)).isEmpty();
  }

  @Test
  void forgetsWhatWasSaidTooLongAgo() {
    suspicions.reported(B, A, 0);
    suspicions.reported(C, A, 900_000);
    assertThat(suspicions.suspects(ALL, 1_000_001)).isEmpty();
  }

  @Test
  void forgetsWhatWasSaidByOrOfThoseWhoAreGone() {
    suspicions.reported(B, A, 0);
    suspicions.reported(C, A, 0);
    suspicions.retain(Set.of(A, B, D));
    assertThat(suspicions.suspects(Set.of(A, B, D), 1)).isEmpty();
  }
}
