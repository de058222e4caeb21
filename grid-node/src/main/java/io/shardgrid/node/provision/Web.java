package io.shardgrid.node.provision;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over HTTP, and waits only so long for all of an answer. The certificates that
 * servers are checked by are read again when their file has changed. Thread-safe.
 */
final class Web {

  private static final FileTime NEVER = FileTime.fromMillis(0);

  private final Optional<Path> authority;
  private final String key;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private volatile @Nullable Connections connections;

  /** What can be used until the certificates change. */
  private record Connections(FileTime changed, HttpClient client) {}

  /**
   * Prepares for requests; reads nothing yet.
   *
   * @param authority PEM file with the certificates that servers are checked by, and no others;
   *     empty for those of Java
   * @param key the setting that names the file
   */
  Web(Optional<Path> authority, String key, Duration connectTimeout, Duration requestTimeout) {
    this.authority = authority;
    this.key = key;
    this.connectTimeout = connectTimeout;
    this.requestTimeout = requestTimeout;
  }

  /**
   * Completes with the whole answer, or with a failure, within the time-out.
   *
   * @throws UnusableSettingException if the file has no certificates
   */
  CompletableFuture<HttpResponse<byte[]>> send(
      HttpRequest request, BodyHandler<byte[]> bodyHandler) {
    CompletableFuture<HttpResponse<byte[]>> sent = client().sendAsync(request, bodyHandler);
    // The time-out of the request itself would end with the head of the answer.
    return sent.copy()
        .orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (response, failure) -> {
              if (failure != null) {
                sent.cancel(true);
              }
            });
  }

  private HttpClient client() {
    Connections known = connections;
    FileTime changed = authority.map(Web::changed).orElse(NEVER);
    if (known != null && known.changed.equals(changed)) {
      return known.client;
    }
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout);
    authority.ifPresent(file -> client.sslContext(trusting(file)));
    Connections next = new Connections(changed, client.build());
    connections = next;
    return next.client;
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Whoever reads the file says what is wrong.
      return NEVER;
    }
  }

  private SSLContext trusting(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + number++, one);
      }
      if (number == 0) {
        throw new UnusableSettingException(
            "the file has no certificate: %s=%s; name a PEM file".formatted(key, file));
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableSettingException(
          "the file of certificates cannot be used: %s=%s, cause=%s"
              .formatted(key, file, Wording.cause(e)),
          e);
    }
  }
}
