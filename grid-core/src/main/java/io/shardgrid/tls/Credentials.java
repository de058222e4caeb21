package io.shardgrid.tls;

import io.shardgrid.failure.GridConfigException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, and the authorities that are trusted: checked, and made ready for
 * connections. Immutable.
 *
 * @param files what they were made from
 * @param own the own certificate; null if there is none
 * @param context makes engines
 */
record Credentials(PemFiles files, @Nullable X509Certificate own, SSLContext context) {

  private static final char[] NO_PASSWORD = {};
  private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

  /**
   * Checks what was read.
   *
   * @throws GridConfigException if something is broken, expired, not valid yet, or does not fit
   */
  static Credentials of(PemFiles files, Instant now) {
    try {
      PemFile certificate = files.certificate();
      PemFile key = files.key();
      X509Certificate own = null;
      KeyManager[] keys = null;
      if (certificate != null && key != null) {
        List<X509Certificate> chain = certificate.certificates();
        own = chain.get(0);
        requireValid(certificate, own, now);
        keys = keyManagers(chain, pairedKey(key, own));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trustManagers(files.authority(), now), null);
      return new Credentials(files, own, context);
    } catch (GeneralSecurityException | IOException e) {
      throw new GridConfigException(
          "Certificates cannot be used: files=" + files + ", cause=" + e.getMessage(), e);
    }
  }

  private static void requireValid(PemFile file, X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw file.unusable("the certificate has expired, at=" + end + named(certificate));
    }
    Instant begin = certificate.getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      throw file.unusable("the certificate is not valid yet, from=" + begin + named(certificate));
    }
  }

  private static String named(X509Certificate certificate) {
    return ", subject=" + certificate.getSubjectX500Principal();
  }

  private static PrivateKey pairedKey(PemFile file, X509Certificate own)
      throws GeneralSecurityException {
    PrivateKey key = file.privateKey();
    if (!key.getAlgorithm().equals(own.getPublicKey().getAlgorithm()) || !isPair(key, own)) {
      throw file.unusable("the key does not belong to the certificate" + named(own));
    }
    return key;
  }

  private static boolean isPair(PrivateKey key, X509Certificate own)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(own.getPublicKey());
    verifying.update(PROBE);
    return verifying.verify(signature);
  }

  private static KeyManager[] keyManagers(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Null for those of Java. */
  private static TrustManager @Nullable [] trustManagers(@Nullable PemFile authority, Instant now)
      throws GeneralSecurityException, IOException {
    if (authority == null) {
      return null;
    }
    List<X509Certificate> trusted = authority.certificates();
    if (trusted.stream().allMatch(one -> now.isAfter(one.getNotAfter().toInstant()))) {
      throw authority.unusable("all certificates in it have expired");
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("authority-" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
