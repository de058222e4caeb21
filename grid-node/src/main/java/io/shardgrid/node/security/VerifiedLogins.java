package io.shardgrid.node.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a while which passwords were right, so that who connects often, or asks page after
 * page, costs no hash each time. Keeps digests by a key that lives in this process only.
 * Thread-safe.
 */
final class VerifiedLogins {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;
  private final int most;
  private final long lifeNanos;

  /** By digest: until when; the oldest first. */
  private final Map<ByteBuffer, Long> known = new LinkedHashMap<>();

  /** An empty memory of {@code most} logins, each for {@code life}. */
  VerifiedLogins(int most, Duration life) {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
    this.most = most;
    this.lifeNanos = life.toNanos();
  }

  /** The digest of a login; another one when the user's hash changes. */
  ByteBuffer digest(User user, byte[] password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      add(mac, user.name());
      for (PasswordHash hash : user.passwords()) {
        add(mac, hash.text());
      }
      return ByteBuffer.wrap(mac.doFinal(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  private static void add(Mac mac, String text) {
    mac.update(text.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
  }

  synchronized boolean has(ByteBuffer digest, long nowNanos) {
    Long until = known.get(digest);
    return until != null && nowNanos - until < 0;
  }

  synchronized void add(ByteBuffer digest, long nowNanos) {
    if (most == 0) {
      return;
    }
    known.remove(digest);
    if (known.size() >= most) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(digest, nowNanos + lifeNanos);
  }
}
