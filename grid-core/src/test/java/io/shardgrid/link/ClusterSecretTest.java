package io.shardgrid.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.link.ClusterSecret.Exchange;
import io.shardgrid.link.ClusterSecret.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterSecretTest {

  private static final ClusterSecret SECRET = new ClusterSecret("a secret of the test");

  private static byte[] nonce(int fill) {
    byte[] nonce = new byte[ClusterSecret.NONCE_BYTES];
    java.util.Arrays.fill(nonce, (byte) fill);
    return nonce;
  }

  private static final Exchange EXCHANGE = new Exchange("c", "a", "b", nonce(1), nonce(2));

  @Test
  void isEqualToTheSameOne() {
    ClusterSecret one = new ClusterSecret("a secret of some length");
    assertThat(one)
        .isEqualTo(new ClusterSecret("a secret of some length"))
        .hasSameHashCodeAs(new ClusterSecret("a secret of some length"))
        .isNotEqualTo(new ClusterSecret("another one of some length"));
  }

  @Test
  void isShownByBothSidesEachInItsOwnWay() {
    byte[] opener = SECRET.proof(Side.OPENER, EXCHANGE);
    byte[] acceptor = SECRET.proof(Side.ACCEPTOR, EXCHANGE);
    assertThat(SECRET.isProof(opener, Side.OPENER, EXCHANGE)).isTrue();
    assertThat(SECRET.isProof(acceptor, Side.ACCEPTOR, EXCHANGE)).isTrue();
    assertThat(SECRET.isProof(opener, Side.ACCEPTOR, EXCHANGE)).as("reflected").isFalse();
    assertThat(opener).hasSize(32);
  }

  @Test
  void isNotShownByAProofOfAnotherExchange() {
    byte[] proof = SECRET.proof(Side.OPENER, EXCHANGE);
    List<Exchange> others =
        List.of(
            new Exchange("d", "a", "b", nonce(1), nonce(2)),
            new Exchange("c", "x", "b", nonce(1), nonce(2)),
            new Exchange("c", "a", "x", nonce(1), nonce(2)),
            new Exchange("ca", "", "b", nonce(1), nonce(2)),
            new Exchange("c", "a", "b", nonce(3), nonce(2)),
            new Exchange("c", "a", "b", nonce(1), nonce(3)));
    assertThat(others).allMatch(other -> !SECRET.isProof(proof, Side.OPENER, other));
    ClusterSecret another = new ClusterSecret("a secret of another");
    assertThat(another.isProof(proof, Side.OPENER, EXCHANGE)).isFalse();
    assertThat(SECRET.isProof(new byte[0], Side.OPENER, EXCHANGE)).isFalse();
  }

  @Test
  void takesNoShortNonce() {
    Exchange weak = new Exchange("c", "a", "b", new byte[0], nonce(2));
    assertThat(SECRET.isProof(SECRET.proof(Side.OPENER, weak), Side.OPENER, weak)).isFalse();
  }

  @Test
  void hidesItselfAndIsNotShort() {
    assertThat(SECRET.toString()).doesNotContain("test");
    assertThatThrownBy(() -> new ClusterSecret("short"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
