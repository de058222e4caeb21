package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.node.security.MarkedTable;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.tls.TestAuthority;
import io.shardgrid.tls.TestAuthority.Issued;
import io.shardgrid.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries the ports between nodes as strangers do, and holds the page about security to it. */
final class PortTableIT {

  private static final TestAuthority AUTHORITY = TestAuthority.named("cluster");
  private static final TestAuthority STRANGER = TestAuthority.named("stranger");
  private static final String SECRET = "the secret of this test";

  private final Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  PortTableIT(@TempDir Path directory) {
    this.directory = directory;
  }

  /** One way to try. */
  private record Attempt(String words, PortIntruder intruder) {}

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Grid start(GridSettings settings) {
    Grid grid = Grid.start(settings);
    open.add(grid);
    return grid;
  }

  /** Who trusts the cluster and has a certificate by this authority, or none. */
  private SSLContext context(@Nullable TestAuthority authority, String name) {
    String trusted = AUTHORITY.authority(directory, name + ".trusted").toString();
    @Nullable Issued own = authority == null ? null : authority.issue(directory, name);
    LiveCredentials credentials =
        LiveCredentials.open(
            new TlsSettings(
                "intruder",
                own == null ? "" : own.certificate().toString(),
                own == null ? "" : own.key().toString(),
                trusted,
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                Duration.ZERO));
    open.add(credentials);
    return credentials.context();
  }

  private List<Attempt> ofLinks(SSLContext member, SSLContext stranger, SSLContext nobody) {
    ClusterSecret right = new ClusterSecret(SECRET);
    ClusterSecret wrong = new ClusterSecret("the secret of others");
    return List.of(
        new Attempt("no TLS, no secret", new PortIntruder(null, null)),
        new Attempt("no TLS, wrong secret", new PortIntruder(null, wrong)),
        new Attempt("no TLS, the secret", new PortIntruder(null, right)),
        new Attempt("TLS without a certificate, the secret", new PortIntruder(nobody, right)),
        new Attempt("a stranger's certificate, the secret", new PortIntruder(stranger, right)),
        new Attempt("a member's certificate, no secret", new PortIntruder(member, null)),
        new Attempt("a member's certificate, wrong secret", new PortIntruder(member, wrong)),
        new Attempt("a member's certificate, the secret", new PortIntruder(member, right)));
  }

  private static List<Attempt> ofCluster(
      SSLContext member, SSLContext stranger, SSLContext nobody) {
    return List.of(
        new Attempt("no TLS", new PortIntruder(null, null)),
        new Attempt("TLS without a certificate", new PortIntruder(nobody, null)),
        new Attempt("a stranger's certificate", new PortIntruder(stranger, null)),
        new Attempt("a member's certificate", new PortIntruder(member, null)));
  }

  @Test
  void doesWhatThePageSays() throws IOException {
    GridSettings small = GridSettings.reference().withShards(16).withSecret(SECRET);
    Issued files = AUTHORITY.issue(directory, "node");
    Grid secret = start(small);
    Grid both = start(small.withTls(files.certificate(), files.key(), files.authority()));
    SSLContext member = context(AUTHORITY, "member");
    SSLContext stranger = context(STRANGER, "strange");
    SSLContext nobody = context(null, "nobody");
    List<List<String>> rows = new ArrayList<>();
    for (Attempt attempt : ofLinks(member, stranger, nobody)) {
      rows.add(List.of("peer links", attempt.words, link(attempt, secret), link(attempt, both)));
    }
    for (Attempt attempt : ofCluster(member, stranger, nobody)) {
      String ofSecret = attempt.intruder.speak(secret.self().port());
      String ofBoth = attempt.intruder.speak(both.self().port());
      rows.add(List.of("cluster", attempt.words, ofSecret, ofBoth));
    }
    assertHonest(rows);
    MarkedTable.check("ports", List.of("port", "tried", "secret only", "TLS and secret"), rows);
  }

  private static String link(Attempt attempt, Grid grid) throws IOException {
    return attempt.intruder.link(
        grid.members().get(0).peerPort(), grid.charter().cluster(), grid.self());
  }

  /** Whatever the page says: only who has all that is asked for gets in. */
  private static void assertHonest(List<List<String>> rows) {
    assertThat(rows).hasSize(12);
    for (List<String> row : rows) {
      boolean hasAll =
          row.get(1).startsWith("a member's certificate")
              && (row.get(0).equals("cluster") || row.get(1).endsWith(", the secret"));
      assertThat(row.get(3).equals("open") || row.get(3).equals("heard"))
          .as("%s", row)
          .isEqualTo(hasAll);
      boolean isOpen = row.get(2).equals("open");
      assertThat(isOpen).as("%s", row).isEqualTo(row.get(1).equals("no TLS, the secret"));
    }
  }
}
