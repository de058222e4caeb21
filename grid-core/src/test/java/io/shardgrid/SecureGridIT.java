package io.shardgrid;

import static io.shardgrid.RunningGrids.REFERENCE;
import static io.shardgrid.RunningGrids.fill;
import static io.shardgrid.RunningGrids.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.CertificateReport;
import io.shardgrid.tls.TestAuthority;
import io.shardgrid.tls.TestAuthority.Issued;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids that make sure of each other before they join. */
final class SecureGridIT {

  private static final String SECRET = "the secret of this test";
  private static final GridSettings SMALL = REFERENCE.withShards(16);

  private final Path directory;

  SecureGridIT(@TempDir Path directory) {
    this.directory = directory;
  }

  private GridSettings secured(GridSettings settings, TestAuthority authority, String name) {
    Issued files = authority.issue(directory, name);
    return settings.withName(name).withTls(files.certificate(), files.key(), files.authority());
  }

  @Test
  void formAClusterUnderTlsWithASecret() {
    TestAuthority authority = TestAuthority.named("cluster");
    GridSettings each = SMALL.withSecret(SECRET);
    try (RunningGrids grids = new RunningGrids()) {
      List<Grid> all =
          grids.cluster(
              secured(each, authority, "a"),
              secured(each, authority, "b"),
              secured(each, authority, "c"));
      fill(strings(all.get(0), "words"), 100, "word");
      assertThat(strings(all.get(2), "words").sync().get("key-99")).contains("word-99");
      List<CertificateReport> certificates = all.get(1).certificates();
      assertThat(certificates).hasSize(1);
      assertThat(certificates.get(0).daysLeft(Instant.now())).isBetween(98L, 100L);

      // Somebody whose certificate nobody trusts, and somebody without TLS, hear no cluster.
      List<String> seeds = List.of(all.get(0).self().address());
      GridSettings hasty = each.withSeeds(seeds).withJoinTimeout(Duration.ofSeconds(3));
      assertThatThrownBy(
              () -> grids.start(secured(hasty, TestAuthority.named("stranger"), "stranger")))
          .isInstanceOf(GridUnavailableException.class)
          .hasMessageContaining("No seed answers");
      assertThatThrownBy(() -> grids.start(hasty))
          .isInstanceOf(GridUnavailableException.class)
          .hasMessageContaining("grid.tls.enabled");
      assertThat(all.get(0).members()).hasSize(3);
    }
  }

  @Test
  void refuseANodeThatDoesNotKnowTheSecret() {
    try (RunningGrids grids = new RunningGrids()) {
      Grid founder = grids.start(SMALL.withSecret(SECRET));
      GridSettings joining = SMALL.withSeeds(List.of(founder.self().address()));
      assertThatThrownBy(() -> grids.start(joining))
          .isInstanceOf(GridConfigException.class)
          .hasMessageContaining("key=grid.cluster-secret")
          .hasMessageContaining("found=none");
      assertThatThrownBy(() -> grids.start(joining.withSecret("the secret of another")))
          .isInstanceOf(GridConfigException.class)
          .hasMessageContaining("key=grid.cluster-secret")
          .hasMessageContaining("found=another one");
      assertThat(founder.members()).hasSize(1);

      Grid open = grids.start(SMALL);
      assertThatThrownBy(
              () -> grids.start(SMALL.withSecret(SECRET).withSeeds(List.of(open.self().address()))))
          .isInstanceOf(GridConfigException.class)
          .hasMessageContaining("key=grid.cluster-secret")
          .hasMessageContaining("does not know the secret");

      Grid second = grids.start(joining.withSecret(SECRET));
      strings(second, "words").sync().put("key", "word");
      assertThat(strings(founder, "words").sync().get("key")).contains("word");
    }
  }
}
