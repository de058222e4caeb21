package io.shardgrid.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** An authority of a test, and the certificates that it signs, as PEM files. */
public final class TestAuthority {

  private static final Duration LIFE = Duration.ofDays(100);

  private final X509Bundle root;

  private TestAuthority(X509Bundle root) {
    this.root = root;
  }

  /** The files of one certificate. */
  public record Issued(Path certificate, Path key, Path authority) {}

  /** An authority of this name. */
  public static TestAuthority named(String name) {
    try {
      return new TestAuthority(
          new CertificateBuilder()
              .subject("CN=" + name)
              .setIsCertificateAuthority(true)
              .setKeyUsage(true, KeyUsage.digitalSignature, KeyUsage.keyCertSign)
              .notAfter(Instant.now().plus(LIFE))
              .buildSelfSigned());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate with an EC key that is being drawn up. */
  public CertificateBuilder certificate(String name, String... hosts) {
    CertificateBuilder builder =
        new CertificateBuilder()
            .subject("CN=" + name)
            .setKeyUsage(true, KeyUsage.digitalSignature)
            .notAfter(Instant.now().plus(LIFE));
    for (String host : hosts) {
      builder = isAddress(host) ? builder.addSanIpAddress(host) : builder.addSanDnsName(host);
    }
    return builder;
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9.]+");
  }

  /** Writes a certificate for the loopback address, good for servers and clients. */
  public Issued issue(Path directory, String name) {
    return issue(directory, name, certificate(name, "127.0.0.1", "localhost"));
  }

  /** Writes another certificate for the loopback address, and its key; authorities stay. */
  public void renew(Path directory, String name) {
    try {
      X509Bundle bundle = certificate(name, "127.0.0.1", "localhost").buildIssuedBy(root);
      replace(directory.resolve(name + ".crt"), bundle.getCertificatePathPEM());
      replace(directory.resolve(name + ".key"), bundle.getPrivateKeyPEM());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes what was drawn up, in the place of what is there, file by file. */
  public Issued issue(Path directory, String name, CertificateBuilder builder) {
    try {
      X509Bundle bundle = builder.buildIssuedBy(root);
      return new Issued(
          replace(directory.resolve(name + ".crt"), bundle.getCertificatePathPEM()),
          replace(directory.resolve(name + ".key"), bundle.getPrivateKeyPEM()),
          authority(directory, name + ".ca"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the certificate of the authority itself. */
  public Path authority(Path directory, String name) {
    return replace(directory.resolve(name), pem());
  }

  /** The certificate of the authority itself. */
  public String pem() {
    return root.getRootCertificatePEM();
  }

  /** Writes a file as those do who rotate certificates: it is there as a whole, or not at all. */
  public static Path replace(Path file, String text) {
    try {
      Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
      return Files.move(
          next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
