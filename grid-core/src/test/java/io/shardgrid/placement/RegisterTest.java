package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Prepare;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegisterTest {

  private static final Charter CHARTER = new Charter("c", 4, 0, 77);

  private final Register register = new Register();

  @Test
  void promisesNothingAtFirst() {
    assertThat(register.receive(new Prepare(1, 10)))
        .isEqualTo(new Promise(1, 10, null, List.of(), Memo.NONE));
    assertThat(register.promisedTerm()).isEqualTo(1);
  }

  @Test
  void promisesTheSameAuthorityAgain() {
    register.receive(new Prepare(3, 10));
    assertThat(register.receive(new Prepare(3, 10))).isInstanceOf(Promise.class);
  }

  @Test
  void refusesAnotherAuthorityWithTheSameTerm() {
    register.receive(new Prepare(3, 10));
    assertThat(register.receive(new Prepare(3, 11))).isEqualTo(new Refused(3, 11, 3));
    assertThat(register.receive(accept(3, 11, entry(0, 1)))).isEqualTo(new Refused(3, 11, 3));
    assertThat(register.entry(0)).isNull();
  }

  @Test
  void refusesAnOlderTerm() {
    register.receive(new Prepare(3, 10));
    assertThat(register.receive(new Prepare(2, 11))).isEqualTo(new Refused(2, 11, 3));
    assertThat(register.receive(accept(2, 11, entry(0, 1)))).isEqualTo(new Refused(2, 11, 3));
  }

  @Test
  void takesAnAcceptAsAPromise() {
    assertThat(register.receive(accept(5, 10, entry(0, 1)))).isEqualTo(new Accepted(5, 10, 1));
    assertThat(register.receive(new Prepare(4, 11))).isEqualTo(new Refused(4, 11, 5));
  }

  @Test
  void tellsAllItKeepsWithItsPromise() {
    register.receive(accept(5, 10, entry(0, 1)));
    register.receive(accept(5, 10, entry(1, 2)));
    assertThat(register.receive(new Prepare(6, 11)))
        .isEqualTo(new Promise(6, 11, CHARTER, List.of(entry(0, 1), entry(1, 2)), Memo.NONE));
  }

  @Test
  void keepsTheHighestEpochOfEachShard() {
    register.receive(accept(5, 10, entry(0, 7)));
    register.receive(accept(6, 11, entry(0, 3)));
    assertThat(register.entry(0)).isEqualTo(entry(0, 7));
  }

  @Test
  void keepsTheLatestMemo() {
    Memo later = new Memo(Epoch.of(5, 2), "later");
    register.receive(new Accept(5, 10, 1, CHARTER, List.of(), later));
    register.receive(new Accept(6, 11, 1, CHARTER, List.of(), new Memo(Epoch.of(5, 1), "earlier")));
    assertThat(register.receive(new Prepare(7, 12)))
        .isEqualTo(new Promise(7, 12, CHARTER, List.of(), later));
  }

  private static Accept accept(int term, long authority, PlacementEntry entry) {
    return new Accept(term, authority, 1, CHARTER, List.of(entry), Memo.NONE);
  }

  private static PlacementEntry entry(int shard, int change) {
    NodeId node = new NodeId("a", 1, 1);
    long epoch = Epoch.of(1, change);
    return new PlacementEntry(shard, epoch, epoch, Epoch.NONE, node, List.of(node));
  }
}
