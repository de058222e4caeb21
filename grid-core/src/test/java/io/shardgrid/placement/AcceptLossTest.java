package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AcceptLossTest {

  private static final Charter CHARTER = new Charter("c", 1, 1, 5);
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final List<NodeId> NODES =
      List.of(new NodeId("a", 1, 1), new NodeId("b", 1, 1), new NodeId("c", 1, 1));

  private final RecordedEffects effects = new RecordedEffects();
  private final Authority authority =
      new Authority(
          1,
          CHARTER,
          new PlacementSettings(
              8,
              3,
              Duration.ofMillis(500),
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              5,
              2,
              Duration.ofSeconds(2),
              Duration.ofSeconds(1)),
          effects);
  private long nowMillis;

  @BeforeEach
  void found() {
    authority.start(NODES.stream().map(AcceptLossTest::up).toList());
    tick(200);
    assertThat(entry().inSync()).hasSize(2);
  }

  @Test
  void beginsALostShardAnew() {
    NodeId heir = loseAllButOne();
    tick(1_200);
    assertThat(accept(heir)).isTrue();
    tick(100);
    assertThat(entry().primary()).isEqualTo(heir);
    assertThat(entry().inSync()).containsExactly(heir);
    assertThat(entry().seat()).isEqualTo(entry().epoch());
    assertThat(entry().prevSeat()).isEqualTo(Epoch.NONE);
  }

  @Test
  void acceptsNoLossOfAShardThatHasALivingReplica() {
    NodeId last = entry().inSync().get(1);
    authority.removed(entry().inSync().get(0));
    tick(2_000);
    assertThat(entry().primary()).isEqualTo(last);
    assertThat(accept(last)).isFalse();
  }

  @Test
  void acceptsNoLossBeforeTheLeaseOfTheLastPrimaryIsOver() {
    NodeId heir = loseAllButOne();
    tick(900);
    assertThat(accept(heir)).isFalse();
    tick(200);
    assertThat(entry().isLost()).isTrue();
    assertThat(accept(heir)).isTrue();
  }

  @Test
  void beginsNoShardOnANodeThatIsNoMember() {
    NodeId gone = entry().inSync().get(0);
    loseAllButOne();
    tick(2_000);
    assertThat(accept(gone)).isFalse();
    tick(100);
    assertThat(entry().isLost()).isTrue();
  }

  @Test
  void beginsAShardOnce() {
    NodeId heir = loseAllButOne();
    tick(2_000);
    assertThat(accept(heir)).isTrue();
    tick(100);
    long seat = entry().seat();
    assertThat(accept(heir)).isFalse();
    tick(100);
    assertThat(entry().seat()).isEqualTo(seat);
  }

  /** Removes both replicas' nodes; the one that is left. */
  private NodeId loseAllButOne() {
    List<NodeId> replicas = entry().inSync();
    List<NodeId> left = NODES.stream().filter(node -> !replicas.contains(node)).toList();
    authority.membersChanged(left.stream().map(AcceptLossTest::up).toList());
    tick(100);
    assertThat(entry().isLost()).isTrue();
    return left.get(0);
  }

  private boolean accept(NodeId heir) {
    boolean isAccepted = authority.acceptLoss(0, heir, LEASE, nowMillis * 1_000_000);
    effects.deliverTo(authority);
    return isAccepted;
  }

  private PlacementEntry entry() {
    return Objects.requireNonNull(authority.placement().iterator().next());
  }

  private void tick(long millis) {
    for (long end = nowMillis + millis; nowMillis < end; ) {
      nowMillis = Math.min(end, nowMillis + 100);
      authority.tick(nowMillis * 1_000_000);
      effects.deliverTo(authority);
    }
  }

  private static MemberView up(NodeId id) {
    return new MemberView(id, id.host(), "z", 1, 1, 0, 0, Standing.UP);
  }
}
