package io.shardgrid.node.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A long random word by which a program is known over HTTP; only its digest is kept. Immutable.
 *
 * <p>A plain digest will do, for nobody can try 256 random bits.
 *
 * @param name what the audit log calls it
 * @param sha256 in hexadecimal digits
 * @param expires when it is worth nothing any more; null for never
 */
public record Token(String name, String sha256, @Nullable Instant expires, Grants grants) {

  private static final String PREFIX = "sgt_";
  private static final int RANDOM_BYTES = 32;

  /** A new word for a token. */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The digest of a word, as configuration has it. */
  public static String digestOf(String word) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether this is its digest; takes the same time for every one. */
  boolean is(String digest) {
    return MessageDigest.isEqual(
        sha256.getBytes(StandardCharsets.US_ASCII), digest.getBytes(StandardCharsets.US_ASCII));
  }

  boolean isOver(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "Token[name=" + name + ", expires=" + expires + "]";
  }
}
