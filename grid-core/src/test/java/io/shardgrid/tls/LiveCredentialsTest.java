package io.shardgrid.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.pkitesting.CertificateBuilder;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.tls.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class LiveCredentialsTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");

  private final Path directory;

  LiveCredentialsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static TlsSettings settings(Issued files) {
    return settings(files.certificate(), files.key(), files.authority());
  }

  private static TlsSettings settings(Path certificate, Path key, Path authority) {
    return new TlsSettings(
        "grid.tls",
        certificate.toString(),
        key.toString(),
        authority.toString(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofDays(14));
  }

  private static LiveCredentials still(Issued files) {
    return LiveCredentials.still(settings(files), Clock.systemUTC());
  }

  @Test
  void readsEllipticAndRsaKeysAndEdwardsCurves() {
    List<CertificateBuilder> kinds =
        List.of(
            AUTHORITY.certificate("kind", "a").ecp256(),
            AUTHORITY.certificate("kind", "a").rsa2048(),
            AUTHORITY.certificate("kind", "a").algorithm(CertificateBuilder.Algorithm.ed25519));
    for (CertificateBuilder kind : kinds) {
      try (LiveCredentials live = still(AUTHORITY.issue(directory, "kind", kind))) {
        assertThat(requireNonNull(live.report()).subject()).isEqualTo("CN=kind");
      }
    }
  }

  @Test
  void speaksTls12And13AndComparesTheHost() {
    try (LiveCredentials live = still(AUTHORITY.issue(directory, "a"))) {
      assertThat(live.serverEngine(true).getEnabledProtocols())
          .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
      assertThat(live.serverEngine(true).getNeedClientAuth()).isTrue();
      assertThat(live.serverEngine(false).getNeedClientAuth()).isFalse();
      var client = live.clientEngine("127.0.0.1", 1);
      assertThat(client.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
      assertThat(client.getSSLParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    }
  }

  private static void assertRefused(TlsSettings settings, String... words) {
    assertThatThrownBy(() -> LiveCredentials.still(settings, Clock.systemUTC()))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void namesTheFileThatIsWrongAndWhy() throws IOException {
    Issued good = AUTHORITY.issue(directory, "good");
    Issued other = AUTHORITY.issue(directory, "other");
    Path none = directory.resolve("none");
    assertRefused(
        settings(none, good.key(), good.authority()),
        "key=grid.tls.certificate-file",
        "file=" + none,
        "there is no such file");
    assertRefused(
        settings(good.certificate(), other.key(), good.authority()),
        "key=grid.tls.key-file",
        "file=" + other.key(),
        "does not belong to the certificate");
    assertRefused(
        settings(good.certificate(), good.certificate(), good.authority()),
        "key=grid.tls.key-file",
        "has no key");
    assertRefused(
        settings(good.certificate(), good.key(), good.key()),
        "key=grid.tls.ca-file",
        "has no certificate");
    assertRefused(settings(good.key(), good.key(), good.authority()), "grid.tls.certificate-file");
    String broken = Files.readString(good.certificate()).replaceFirst("MI", "AA");
    assertRefused(
        settings(
            Files.writeString(directory.resolve("broken"), broken), good.key(), good.authority()),
        "key=grid.tls.certificate-file",
        "is broken");
  }

  @Test
  void saysHowAKeyOfAnotherFormIsConverted() throws IOException {
    Issued good = AUTHORITY.issue(directory, "good");
    for (String label : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
      String text = Files.readString(good.key()).replace("PRIVATE KEY", label);
      Path key = Files.writeString(directory.resolve("key"), text);
      assertRefused(
          settings(good.certificate(), key, good.authority()),
          "grid.tls.key-file",
          "openssl pkcs8");
    }
  }

  @Test
  void refusesWhatHasExpiredOrIsNotValidYet() {
    Instant now = Instant.now();
    CertificateBuilder expired =
        AUTHORITY
            .certificate("expired", "a")
            .notBefore(now.minus(Duration.ofDays(3)))
            .notAfter(now.minus(Duration.ofDays(2)));
    assertRefused(
        settings(AUTHORITY.issue(directory, "expired", expired)), "has expired", "CN=expired");
    CertificateBuilder early =
        AUTHORITY.certificate("early", "a").notBefore(now.plus(Duration.ofDays(1)));
    assertRefused(settings(AUTHORITY.issue(directory, "early", early)), "not valid yet");
  }

  @Test
  void usesNewFilesWhenTheyFitAndKeepsTheOldOnesUntilThen() throws IOException {
    Issued first = AUTHORITY.issue(directory, "a");
    try (LiveCredentials live = still(first)) {
      live.look();
      var context = live.context();
      assertThat(requireNonNull(live.report()).reloads()).isZero();

      Issued next = TestAuthority.named("next").issue(directory, "b");
      TestAuthority.replace(first.certificate(), Files.readString(next.certificate()));
      live.look();
      assertThat(live.context()).isSameAs(context);
      assertThat(requireNonNull(live.report()).trouble()).contains("grid.tls.key-file", "belong");

      TestAuthority.replace(first.key(), Files.readString(next.key()));
      live.look();
      assertThat(live.context()).isNotSameAs(context);
      assertThat(requireNonNull(live.report()).subject()).isEqualTo("CN=b");
      assertThat(requireNonNull(live.report()).reloads()).isOne();
      assertThat(requireNonNull(live.report()).trouble()).isNull();
    }
  }

  @Test
  void saysOnceWhatIsWrongWithNewFilesAndOnceADayThatACertificateEnds() throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger(LiveCredentials.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    MovingClock clock = new MovingClock();
    Issued files = AUTHORITY.issue(directory, "a");
    try (LiveCredentials live = LiveCredentials.still(settings(files), clock)) {
      TestAuthority.replace(files.key(), "nothing");
      live.look();
      live.look();
      assertThat(lines.list).hasSize(1);
      assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.ERROR);
      assertThat(lines.list.get(0).getFormattedMessage())
          .contains("former ones are used", "grid.tls.key-file");

      lines.list.clear();
      clock.now = requireNonNull(live.report()).until().minus(Duration.ofDays(13));
      live.look();
      live.look();
      clock.now = clock.now.plus(Duration.ofHours(25));
      live.look();
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .allMatch(line -> line.contains("expires soon"))
          .hasSize(2);
      assertThat(requireNonNull(live.report()).daysLeft(clock.now)).isEqualTo(11);
    } finally {
      log.detachAppender(lines);
    }
  }

  @Test
  void looksAtTheFilesByItself() {
    Issued files = AUTHORITY.issue(directory, "a");
    TlsSettings often =
        new TlsSettings(
            "grid.tls",
            files.certificate().toString(),
            files.key().toString(),
            files.authority().toString(),
            Duration.ofMillis(10),
            Duration.ofSeconds(5),
            Duration.ZERO);
    try (LiveCredentials live = LiveCredentials.open(often)) {
      AUTHORITY.issue(directory, "a");
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (requireNonNull(live.report()).reloads() == 0) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    }
  }

  /** A clock that a test sets. */
  private static final class MovingClock extends Clock {
    private Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
