package io.shardgrid.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who counts as a member. */
final class RosterTest {

  private static final MemberView A = member("a", 1);
  private static final MemberView B = member("b", 1);
  private static final MemberView C = member("c", 1);

  private final Roster roster = new Roster();

  @Test
  void keepsWhomAnyConnectedNodeNames() {
    roster.learned(A.id(), List.of(A, B));
    roster.learned(B.id(), List.of(B, C));
    assertThat(roster.members()).containsExactly(A, B, C);
    roster.learned(B.id(), List.of(A, B));
    assertThat(roster.members()).containsExactly(A, B);
    roster.learned(A.id(), List.of(A));
    roster.forgotten(B.id());
    assertThat(roster.members()).containsExactly(A);
  }

  @Test
  void keepsTheLastListWhenNobodyIsConnected() {
    roster.learned(A.id(), List.of(A, B));
    roster.forgotten(A.id());
    assertThat(roster.members()).containsExactly(A, B);
    roster.replaced(List.of(C));
    assertThat(roster.members()).containsExactly(C);
    roster.learned(A.id(), List.of(A));
    assertThat(roster.members()).containsExactly(A);
  }

  @Test
  void prefersAPortThatSomebodyKnows() {
    roster.learned(A.id(), List.of(A, member("b", 0)));
    assertThat(roster.members()).containsExactly(A, member("b", 0));
    roster.learned(B.id(), List.of(A, B));
    assertThat(roster.members()).containsExactly(A, B);
  }

  private static MemberView member(String host, int respPort) {
    return new MemberView(
        new NodeId(host, 1, 1), host, "zone", 1, 1, respPort, 0, MemberView.Standing.UP);
  }
}
