package io.shardgrid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.tls.TestAuthority;
import io.shardgrid.tls.TestAuthority.Issued;
import io.shardgrid.tls.TlsSettings;
import io.shardgrid.tls.channel.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Links whose ends make sure of each other, over real sockets. */
final class SecureLinksTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("cluster");
  private static final TestAuthority STRANGER = TestAuthority.named("stranger");
  private static final ClusterSecret SECRET = new ClusterSecret("the secret of the cluster");
  private static final int PATIENCE_MILLIS = 20_000;

  private final Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  SecureLinksTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static List<Logger> logs() {
    return List.of(
        (Logger) LoggerFactory.getLogger(OpenedLink.class),
        (Logger) LoggerFactory.getLogger(ServerTls.class));
  }

  @BeforeEach
  void listen() {
    appender.start();
    logs().forEach(log -> log.addAppender(appender));
  }

  @AfterEach
  void close() throws Exception {
    logs().forEach(log -> log.detachAppender(appender));
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private void awaitLine(String... words) throws InterruptedException {
    String line = lines.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    while (line != null && !List.of(words).stream().allMatch(line::contains)) {
      line = lines.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    assertThat(line).as("a line with " + List.of(words)).isNotNull();
  }

  private LiveCredentials credentials(Issued files) {
    return credentials(files, Duration.ofSeconds(5));
  }

  private LiveCredentials credentials(Issued files, Duration handshakeTimeout) {
    LiveCredentials live =
        LiveCredentials.open(
            new TlsSettings(
                "grid.tls",
                files.certificate().toString(),
                files.key().toString(),
                files.authority().toString(),
                Duration.ofMillis(10),
                handshakeTimeout,
                Duration.ZERO));
    open.add(live);
    return live;
  }

  private Peer peer(long uid, LinkSecurity security) {
    return peer(uid, "127.0.0.1", security);
  }

  private Peer peer(long uid, String host, LinkSecurity security) {
    Peer peer = Peer.start(uid, host, security);
    open.add(peer);
    return peer;
  }

  private static LinkSecurity tls(LiveCredentials credentials) {
    return new LinkSecurity(credentials, null);
  }

  private static LinkSecurity secret(ClusterSecret secret) {
    return new LinkSecurity(null, secret);
  }

  private static void assertLinked(Peer from, Peer to) throws InterruptedException {
    from.open(to);
    byte[] value = new byte[300_000];
    value[299_999] = 7;
    assertThat(from.links.send(to.id, Peer.operation(1, Peer.put(value)))).isTrue();
    assertThat(from.awaitAnswer().answer()).isNotNull();
  }

  @Test
  void carriesOperationsUnderTlsWithASecret() throws Exception {
    LiveCredentials a = credentials(AUTHORITY.issue(directory, "a"));
    LiveCredentials b = credentials(AUTHORITY.issue(directory, "b"));
    Peer one = peer(1, new LinkSecurity(a, SECRET));
    Peer other = peer(2, new LinkSecurity(b, SECRET));
    assertLinked(one, other);
    assertLinked(other, one);
  }

  @Test
  void refusesTheCertificateOfAStranger() throws Exception {
    Issued strange = STRANGER.issue(directory, "strange");
    Path own = AUTHORITY.authority(directory, "own");
    Peer member = peer(1, tls(credentials(AUTHORITY.issue(directory, "a"))));
    // He trusts the cluster, which does not trust him.
    Peer stranger =
        peer(2, tls(credentials(new Issued(strange.certificate(), strange.key(), own))));
    stranger.links.connect(member.id, member.links.port());
    awaitLine("grid.peer-port", "shows no certificate");
    awaitLine("link is refused", "the other end");
    member.links.connect(stranger.id, stranger.links.port());
    awaitLine("link is refused", "the other end's certificate is refused");
    assertThat(member.links.isOpen(stranger.id)).isFalse();
    assertThat(stranger.links.isOpen(member.id)).isFalse();
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    Issued elsewhere =
        AUTHORITY.issue(directory, "b", AUTHORITY.certificate("b", "elsewhere.example"));
    Peer one = peer(1, tls(credentials(AUTHORITY.issue(directory, "a"))));
    Peer other = peer(2, tls(credentials(elsewhere)));
    one.links.connect(other.id, other.links.port());
    awaitLine("link is refused", "certificate is refused", "127.0.0.1");
    assertThat(one.links.isOpen(other.id)).isFalse();
  }

  @Test
  void knowsAHostByItsName() throws Exception {
    Issued named = AUTHORITY.issue(directory, "b", AUTHORITY.certificate("b", "localhost"));
    Peer one = peer(1, tls(credentials(AUTHORITY.issue(directory, "a"))));
    Peer other = peer(2, "localhost", tls(credentials(named)));
    assertLinked(one, other);
  }

  @Test
  void saysWhatIsWrongWhereOneEndSpeaksPlainText() throws Exception {
    Peer secure = peer(1, tls(credentials(AUTHORITY.issue(directory, "a"))));
    Peer plain = peer(2, LinkSecurity.NONE);
    plain.links.connect(secure.id, secure.links.port());
    awaitLine("grid.peer-port", "does not speak TLS");
    secure.links.connect(plain.id, plain.links.port());
    awaitLine("link is refused", "does it speak TLS?");
  }

  @Test
  void logsOneLineOfManyPlainConnections() throws Exception {
    Peer secure = peer(1, tls(credentials(AUTHORITY.issue(directory, "a"))));
    for (int i = 0; i < 50; i++) {
      assertClosed(secure.links.port(), "GET / HTTP/1.1\r\n\r\n");
    }
    awaitLine("grid.peer-port", "does not speak TLS");
    assertThat(lines).isEmpty();
  }

  @Test
  void closesWhoSaysNothing() throws Exception {
    LiveCredentials hasty = credentials(AUTHORITY.issue(directory, "a"), Duration.ofMillis(100));
    Peer secure = peer(1, tls(hasty));
    assertClosed(secure.links.port(), "");
    awaitLine("grid.peer-port", "did not end in time");
  }

  private static void assertClosed(int port, String said) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      try {
        while (in.read() >= 0) {
          // An alert of TLS may come first.
        }
      } catch (java.net.SocketException e) {
        assertThat(e).hasMessageContaining("reset");
      }
    }
  }

  @Test
  void refusesWhoHasNoCertificate() throws Exception {
    Peer secure = peer(1, tls(credentials(AUTHORITY.issue(directory, "a"))));
    LiveCredentials none =
        LiveCredentials.open(
            new TlsSettings(
                "client",
                "",
                "",
                AUTHORITY.authority(directory, "ca").toString(),
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                Duration.ZERO));
    open.add(none);
    try (SSLSocket socket =
        (SSLSocket)
            none.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), secure.links.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read();
              })
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("certificate");
    }
    awaitLine("grid.peer-port", "shows no certificate");
    assertThat(secure.links.counters().report().refused().tls()).isEqualTo(1);
  }

  @Test
  void usesNewCertificatesForNewLinksOnly() throws Exception {
    Issued files = AUTHORITY.issue(directory, "a");
    LiveCredentials rotated = credentials(files);
    Peer one = peer(1, tls(rotated));
    Peer other = peer(2, tls(credentials(AUTHORITY.issue(directory, "b"))));
    assertLinked(other, one);
    long opened = one.links.counters().opened();

    // A certificate that nobody trusts shows which links use it.
    Issued strange = STRANGER.issue(directory, "strange");
    var before = rotated.context();
    TestAuthority.replace(files.certificate(), Files.readString(strange.certificate()));
    TestAuthority.replace(files.key(), Files.readString(strange.key()));
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (rotated.context() == before) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(other.links.send(one.id, Peer.operation(2, Peer.get("k")))).isTrue();
    assertThat(other.awaitAnswer().seq()).isEqualTo(2);
    assertThat(one.links.counters().opened()).isEqualTo(opened);

    Peer third = peer(3, tls(credentials(AUTHORITY.issue(directory, "c"))));
    third.links.connect(one.id, one.links.port());
    awaitLine("link is refused", "the other end's certificate is refused");
  }

  @Test
  void opensWithTheSameSecretWithoutTls() throws Exception {
    assertLinked(peer(1, secret(SECRET)), peer(2, secret(SECRET)));
  }

  @Test
  void refusesAnotherSecretAndNone() throws Exception {
    Peer member = peer(1, secret(SECRET));
    Peer wrong = peer(2, secret(new ClusterSecret("some other secret")));
    wrong.links.connect(member.id, member.links.port());
    awaitLine("link is refused", "SECRET", "another secret", "key=grid.cluster-secret");
    assertThat(member.links.counters().report().refused().handshake()).isPositive();

    Peer none = peer(3, LinkSecurity.NONE);
    none.links.connect(member.id, member.links.port());
    awaitLine("link is refused", "this one has none", "key=grid.cluster-secret");

    member.links.connect(none.id, none.links.port());
    awaitLine("link is refused", "asks for no secret", "key=grid.cluster-secret");
    assertThat(member.links.isOpen(none.id)).isFalse();
    assertThat(none.links.isOpen(member.id)).isFalse();
    assertThat(member.links.counters().rejected()).isPositive();
  }
}
