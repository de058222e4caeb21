package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgendaTest {

  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);
  private static final NodeId C = new NodeId("c", 1, 1);

  private final Agenda agenda = new Agenda();
  private final PlacementTable committed = new PlacementTable();
  private long epoch = 100;

  @BeforeEach
  void placeOneShardOnEach() {
    committed.merge(List.of(entry(0, 1, A, A), entry(1, 2, B, B)));
  }

  @Test
  void hasNothingToWriteAtFirst() {
    assertThat(agenda.isEmpty()).isTrue();
    assertThat(take(Set.of(A, B))).isEmpty();
  }

  @Test
  void namesAnotherPrimary() {
    agenda.putPrimary(entry(0, 1, A, A, B), B, null);
    committed.merge(entry(0, 1, A, A, B));
    assertThat(take(Set.of(A, B))).isEmpty();
    committed.merge(entry(0, 3, A, A, B));
    agenda.putPrimary(entry(0, 3, A, A, B), B, null);
    assertThat(take(Set.of(A, B)))
        .containsExactly(new PlacementEntry(0, 101, 101, 3, B, List.of(A, B)));
    assertThat(agenda.isEmpty()).isTrue();
  }

  @Test
  void namesOnlyMembersOfTheInSyncSet() {
    agenda.putPrimary(entry(0, 1, A, A), B, null);
    assertThat(take(Set.of(A, B))).isEmpty();
  }

  @Test
  void dropsAChangeWhoseBaseWasReplaced() {
    agenda.putAddition(entry(0, 1, A, A), B);
    committed.merge(entry(0, 50, A, A));
    assertThat(take(Set.of(A, B))).isEmpty();
  }

  @Test
  void dropsAnAdditionOfANodeThatIsGone() {
    agenda.putAddition(entry(0, 1, A, A), C);
    assertThat(take(Set.of(A, B))).isEmpty();
  }

  @Test
  void losesAShardWhoseHolderIsGoneAlthoughAnAdditionWasAskedFor() {
    agenda.putAddition(entry(0, 1, A, A), B);
    assertThat(take(Set.of(B)))
        .containsExactly(new PlacementEntry(0, 101, 101, 1, null, List.of()));
  }

  @Test
  void promotesAMemberThatHasTheData() {
    committed.merge(entry(0, 10, A, A, C, B));
    assertThat(take(Set.of(B, C)))
        .containsExactly(new PlacementEntry(0, 101, 101, 10, C, List.of(C, B)));
  }

  @Test
  void keepsTheSeatWhenABackupIsGone() {
    committed.merge(entry(0, 10, A, A, C));
    assertThat(take(Set.of(A, B)))
        .containsExactly(new PlacementEntry(0, 101, 10, Epoch.NONE, A, List.of(A)));
  }

  @Test
  void writesTheWholeTableWithItsChanges() {
    agenda.putTable();
    agenda.putAddition(entry(1, 2, B, B), A);
    assertThat(take(Set.of(A, B)))
        .containsExactly(
            entry(0, 1, A, A), new PlacementEntry(1, 101, 2, Epoch.NONE, B, List.of(B, A)));
  }

  private List<PlacementEntry> take(Set<NodeId> members) {
    return agenda.take(committed, members, () -> ++epoch);
  }

  private static PlacementEntry entry(int shard, long epoch, NodeId primary, NodeId... inSync) {
    return new PlacementEntry(shard, epoch, epoch, Epoch.NONE, primary, List.of(inSync));
  }
}
