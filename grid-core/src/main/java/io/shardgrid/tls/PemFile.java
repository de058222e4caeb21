package io.shardgrid.tls;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a PEM file (RFC 7468) as it was read, and the certificates or the key in it.
 * Immutable.
 *
 * @param key the setting that names the file, for errors
 * @param file where it was read
 * @param text what is in it
 */
record PemFile(String key, Path file, String text) {

  private static final int BYTES_MAX = 1 << 20;
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /**
   * Reads a file of at most 1 MiB.
   *
   * @throws GridConfigException if it cannot be read
   */
  static PemFile read(String key, String name) {
    Path file = StrictSettings.path(key, name);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      PemFile read = new PemFile(key, file, new String(bytes, StandardCharsets.US_ASCII));
      if (bytes.length > BYTES_MAX) {
        throw read.unusable("it has more than 1 MiB, so it is no PEM file");
      }
      return read;
    } catch (NoSuchFileException e) {
      throw new PemFile(key, file, "").unusable("there is no such file");
    } catch (IOException e) {
      throw new PemFile(key, file, "").unusable("it cannot be read, cause=" + e);
    }
  }

  /** What to throw when this file is the one that is wrong. */
  GridConfigException unusable(String why) {
    return new GridConfigException(
        "A file of certificates cannot be used: key=" + key + ", file=" + file + ", reason=" + why);
  }

  /**
   * All certificates, in their order; at least one.
   *
   * @throws GridConfigException if there is none, or one is broken
   */
  List<X509Certificate> certificates() {
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        found.add(certificate(decoded(block.group(2))));
      }
    }
    if (found.isEmpty()) {
      throw unusable("it has no certificate, wanted=-----BEGIN CERTIFICATE-----");
    }
    return found;
  }

  private X509Certificate certificate(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw unusable("a certificate in it is broken, cause=" + e.getMessage());
    }
  }

  /**
   * The only private key.
   *
   * @throws GridConfigException if there is none in PKCS#8, not encrypted
   */
  PrivateKey privateKey() {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String label = block.group(1);
      if (label.equals("PRIVATE KEY")) {
        return privateKey(decoded(block.group(2)));
      }
      if (label.equals("ENCRYPTED PRIVATE KEY")) {
        throw unusable(
            "the key is encrypted; openssl pkcs8 -in <file> -out <new file> decrypts it");
      }
      if (label.endsWith("PRIVATE KEY")) {
        throw unusable(
            "the key is not PKCS#8; openssl pkcs8 -topk8 -nocrypt -in <file> -out <new file>"
                + " converts it: found="
                + label);
      }
    }
    throw unusable("it has no key, wanted=-----BEGIN PRIVATE KEY-----");
  }

  private PrivateKey privateKey(byte[] pkcs8) {
    InvalidKeySpecException unknown = null;
    try {
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException e) {
          // A key of another algorithm: the next one may know it.
          unknown = e;
        }
      }
    } catch (GeneralSecurityException e) {
      throw unusable("this Java does not know such a key, cause=" + e.getMessage());
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
    throw unusable(
        "the key is broken or of an unknown kind, known=" + ALGORITHMS + ", cause=" + unknown);
  }

  private byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw unusable("it is no Base64 between its marks, cause=" + e.getMessage());
    }
  }

  /** Without the text, which may be a key. */
  @Override
  public String toString() {
    return key + "=" + file;
  }
}
