package io.shardgrid.actor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.actor.Introduction.Claim;
import io.shardgrid.link.ClusterSecret;
import org.junit.jupiter.api.Test;

final class IntroductionTest {

  private static final String SEED = "127.0.0.1:10171";

  private final Introduction member = introduction("the secret of all", "cluster");
  private final Introduction joiner = introduction("the secret of all", "cluster");

  private static Introduction introduction(String secret, String cluster) {
    return new Introduction(new ClusterSecret(secret), cluster);
  }

  /** What a node says after the member's challenge. */
  private Claim claim(Introduction from) {
    Claim first = from.first();
    assertThat(first.proof()).isNull();
    return from.second(SEED, member.challenge(first.nonce()));
  }

  @Test
  void isProvenByBothWhoKnowTheSecret() {
    Claim claim = claim(joiner);
    assertThat(member.isProven(SEED, claim)).isTrue();
    String challenge = requireNonNull(claim.challenge());
    assertThat(joiner.isProof(SEED, challenge, member.answer(SEED, claim))).isTrue();
  }

  @Test
  void isNotProvenByAnotherSecretOrCluster() {
    assertThat(member.isProven(SEED, claim(introduction("the secret of none", "cluster"))))
        .isFalse();
    assertThat(member.isProven(SEED, claim(introduction("the secret of all", "other")))).isFalse();
    assertThat(member.isProven(SEED, joiner.first())).isFalse();
  }

  @Test
  void isNotProvenByWhatWasSaidToAnotherMemberOrByAnotherNode() {
    Claim claim = claim(joiner);
    assertThat(member.isProven("127.0.0.1:10172", claim)).as("another address").isFalse();
    Introduction other = introduction("the secret of all", "cluster");
    assertThat(other.isProven(SEED, claim)).as("a challenge of another member").isFalse();
    Claim stolen = new Claim(other.first().nonce(), claim.challenge(), claim.proof());
    assertThat(member.isProven(SEED, stolen)).as("the nonce of another node").isFalse();
  }

  @Test
  void takesNoRubbish() {
    for (String rubbish : new String[] {"", "zz", "0a"}) {
      assertThat(member.isProven(SEED, new Claim(rubbish, rubbish, rubbish))).isFalse();
      Claim first = joiner.first();
      assertThat(
              member.isProven(
                  SEED, new Claim(first.nonce(), member.challenge(first.nonce()), rubbish)))
          .isFalse();
      assertThat(joiner.isProof(SEED, rubbish, rubbish)).isFalse();
    }
  }
}
