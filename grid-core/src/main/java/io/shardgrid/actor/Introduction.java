package io.shardgrid.actor;

import io.shardgrid.link.ClusterSecret;
import io.shardgrid.link.ClusterSecret.Exchange;
import io.shardgrid.link.ClusterSecret.Side;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a node that wants to join, and the member that it greets, show each other that they know the
 * secret of the cluster: the member answers a first greeting with a challenge, the second greeting
 * has a proof, and the answer to it the member's own. Thread-safe.
 */
final class Introduction {

  /**
   * What a greeting says of the secret, in hexadecimal. Immutable.
   *
   * @param nonce of the node that wants to join
   * @param challenge of the member; null in the first greeting
   * @param proof of the node; null in the first greeting
   */
  record Claim(String nonce, @Nullable String challenge, @Nullable String proof) {}

  private static final HexFormat HEX = HexFormat.of();

  private final ClusterSecret secret;
  private final String cluster;

  /** Draws the challenges, so that none has to be remembered: each belongs to one nonce. */
  private final ClusterSecret challenges;

  private final String nonce;

  Introduction(ClusterSecret secret, String cluster) {
    this.secret = secret;
    this.cluster = cluster;
    this.nonce = random();
    this.challenges = new ClusterSecret(random());
  }

  private static String random() {
    byte[] bytes = new byte[ClusterSecret.NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HEX.formatHex(bytes);
  }

  /** What a first greeting says. */
  Claim first() {
    return new Claim(nonce, null, null);
  }

  /** What the next greeting of this seed says, after its challenge. */
  Claim second(String seed, String challenge) {
    byte[] proof = secret.proof(Side.OPENER, exchange(seed, nonce, challenge));
    return new Claim(nonce, challenge, HEX.formatHex(proof));
  }

  /** Whether the seed, too, knows the secret. */
  boolean isProof(String seed, String challenge, String proof) {
    return secret.isProof(bytes(proof), Side.ACCEPTOR, exchange(seed, nonce, challenge));
  }

  /** The challenge for who greets with this nonce. */
  String challenge(String theirNonce) {
    Exchange of = new Exchange(cluster, "", "", bytes(theirNonce), new byte[0]);
    return HEX.formatHex(challenges.proof(Side.ACCEPTOR, of));
  }

  /** Whether who greets this node by this address knows the secret. */
  boolean isProven(String seed, Claim claim) {
    String challenge = claim.challenge();
    String proof = claim.proof();
    return challenge != null
        && proof != null
        && challenge.equals(challenge(claim.nonce()))
        && secret.isProof(bytes(proof), Side.OPENER, exchange(seed, claim.nonce(), challenge));
  }

  /** What shows that this member knows the secret. */
  String answer(String seed, Claim claim) {
    String challenge = String.valueOf(claim.challenge());
    return HEX.formatHex(secret.proof(Side.ACCEPTOR, exchange(seed, claim.nonce(), challenge)));
  }

  private Exchange exchange(String seed, String joinersNonce, String challenge) {
    return new Exchange(cluster, "", seed, bytes(joinersNonce), bytes(challenge));
  }

  /** Of what is no hexadecimal nothing, which proves nothing. */
  private static byte[] bytes(String hex) {
    try {
      return HEX.parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
