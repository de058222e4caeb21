package io.shardgrid.net;

import io.shardgrid.link.ClusterSecret;
import io.shardgrid.tls.LiveCredentials;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * How the ends of a link make sure of each other. Immutable.
 *
 * @param tls certificates of both ends; null for connections without TLS
 * @param secret what both have to know; null if nothing
 */
public record LinkSecurity(@Nullable LiveCredentials tls, @Nullable ClusterSecret secret) {

  /** Links to and from anybody. */
  public static final LinkSecurity NONE = new LinkSecurity(null, null);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A number that was never used before. */
  static byte[] nonce() {
    byte[] nonce = new byte[ClusterSecret.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return nonce;
  }
}
