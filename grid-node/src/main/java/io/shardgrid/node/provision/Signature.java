package io.shardgrid.node.provision;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a request is signed with, so that its receiver knows who has sent it. Stateless. */
final class Signature {

  /*
   * Shardgrid-Signature: t=<seconds>,v1=<hex>
   *
   *   seconds  since 1970-01-01T00:00:00Z, decimal, when this request was signed (a request that is
   *            sent again is signed anew)
   *   hex      64 lower-case digits: HMAC-SHA256 (RFC 2104) with the secret's bytes as its key, over
   *            the digits of seconds, one full stop, and the bytes of the body as they were sent
   *
   * The receiver computes the same from the header's seconds and the bytes it has got, compares in
   * constant time, and refuses what is more than five minutes off its own clock: who listens cannot
   * replay it later then. Other names than t and v1 are to be passed over.
   */
  static final String HEADER = "Shardgrid-Signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_LENGTH_MIN = 16;

  private Signature() {}

  /** The header's value. */
  static String of(String secret, Instant at, byte[] body) {
    try {
      String seconds = Long.toString(at.getEpochSecond());
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Java has no " + ALGORITHM, e);
    }
  }

  /**
   * A secret that cannot be guessed.
   *
   * @throws UnusableSettingException if it is too short
   */
  static String checked(String secret, String from) {
    if (secret.length() < SECRET_LENGTH_MIN) {
      throw new UnusableSettingException(
          "the secret is too short: characters=%d, wanted=at least %d, in %s"
              .formatted(secret.length(), SECRET_LENGTH_MIN, from));
    }
    return secret;
  }
}
