package io.shardgrid.link;

import io.shardgrid.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of a cluster know and nobody else, and how they show each other that they know it.
 * Immutable.
 */
public final class ClusterSecret {

  /* Challenge and response, both ways: each side draws a nonce, and each shows
   *
   *   HMAC-SHA256(secret, side | cluster | opener | acceptor | opener's nonce | acceptor's nonce)
   *
   * The secret does not travel, and no proof is of use in another exchange: the nonces differ. The
   * side keeps one from being answered with his own proof. Who opens shows his proof first: a
   * stranger who connects gets nothing that a guess of the secret could be tried against. After
   * that nothing of what is said is protected: that takes TLS.
   *
   * Sources: RFC 2104 (HMAC); ISO/IEC 9798-4, three-pass mutual authentication.
   */

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 256;

  /** Bytes of a nonce. */
  public static final int NONCE_BYTES = 32;

  /** Fewest characters of a secret. */
  public static final int LENGTH_MIN = 16;

  /** The setting, for what is said to operators. */
  public static final String KEY = "grid.cluster-secret";

  /** Who shows that it knows the secret. */
  public enum Side {
    /** The one that asked first. */
    OPENER,
    /** The one that was asked. */
    ACCEPTOR
  }

  /**
   * What a proof is about. The arrays are not copied.
   *
   * @param cluster name of the cluster
   * @param opener who asked first
   * @param acceptor who was asked
   * @param openerNonce drawn by the one
   * @param acceptorNonce drawn by the other
   */
  public record Exchange(
      String cluster, String opener, String acceptor, byte[] openerNonce, byte[] acceptorNonce) {}

  private final SecretKeySpec key;

  /** A secret of at least {@link #LENGTH_MIN} characters. */
  public ClusterSecret(String secret) {
    if (secret.length() < LENGTH_MIN) {
      throw new IllegalArgumentException("A secret is too short: wanted=" + LENGTH_MIN);
    }
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** Shows that one side knows the secret. */
  public byte[] proof(Side side, Exchange exchange) {
    WireWriter out = new WireWriter(BYTES);
    out.writeCode(side);
    out.writeText(exchange.cluster());
    out.writeText(exchange.opener());
    out.writeText(exchange.acceptor());
    out.writeBytes(exchange.openerNonce());
    out.writeBytes(exchange.acceptorNonce());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(out.toBytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has this algorithm: " + ALGORITHM, e);
    }
  }

  /**
   * Whether the other side knows the secret. Takes as long for a wrong proof as for a right one.
   */
  public boolean isProof(byte[] found, Side side, Exchange exchange) {
    boolean hasNonces =
        exchange.openerNonce().length == NONCE_BYTES
            && exchange.acceptorNonce().length == NONCE_BYTES;
    return MessageDigest.isEqual(proof(side, exchange), found) && hasNonces;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterSecret secret && key.equals(secret.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ClusterSecret[hidden]";
  }
}
