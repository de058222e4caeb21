package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessSettingsTest {

  private static final String HASH = "password = \"" + SampleUsers.HASH + "\"";

  private static void assertRefused(String lines, String... said) {
    assertThatThrownBy(() -> SampleUsers.settings(lines).book())
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll(said)
        .hasMessageNotContaining(SampleUsers.HASH);
  }

  @Test
  void knowsNobodyUnlessTold() {
    AccessBook book = AccessSettings.reference().book();
    assertThat(book.isRequired()).isFalse();
    assertThat(AccessSettings.reference().openPages())
        .containsExactlyInAnyOrder("/health/live", "/health/ready");
  }

  @Test
  void readsUsersRolesAndTokens() {
    AccessBook book = SampleUsers.settings(SampleUsers.text()).book();
    assertThat(book.isRequired()).isTrue();
    User clerk = java.util.Objects.requireNonNull(book.user("clerk"));
    assertThat(clerk.grants().cover(Need.WRITE, "orders-2026")).isTrue();
    assertThat(clerk.grants().cover(Need.READ, "orders-2026")).isFalse();
    assertThat(book.user("former")).isNull();
    assertThat(book.user("*")).isNull();
    assertThat(book.token(Token.digestOf(SampleUsers.TOKEN), Instant.now())).isNotNull();
    assertThat(book.token(Token.digestOf("old"), Instant.now())).isNull();
    assertThat(book.token(Token.digestOf("none"), Instant.now())).isNull();
  }

  @Test
  void namesWhatIsWrong() {
    assertRefused("users.a { password = secret, roles = [read] }", "users.a.password", "passwd");
    assertRefused("users.a { roles = [read] }", "users.a.password", "at least one");
    assertRefused("users.a { " + HASH + " }", "users.a.roles", "at least one");
    assertRefused("users.a { " + HASH + ", roles = [raed] }", "users.a.roles", "raed");
    assertRefused("users.\"a:b\" { " + HASH + ", roles = [read] }", "a:b");
    assertRefused("roles.x = [{ maps = [a], allow = [reed] }]", "roles.x.allow", "reed");
    assertRefused("roles.x = [{ allow = [read] }]", "roles.x.maps");
    assertRefused("roles.x = [{ map = [a], allow = [read] }]", "roles.x", "map");
    assertRefused("roles.read = [{ maps = [a], allow = [read] }]", "roles.read", "taken");
    assertRefused("tokens.t { sha256 = abc, roles = [read] }", "tokens.t.sha256", "token");
    assertRefused(
        "tokens.t { sha256 = %s, roles = [read], expires = soon }".formatted("a".repeat(64)),
        "tokens.t.expires",
        "soon");
    assertRefused("login.threads = 0", "grid.node.access.login.threads");
    assertRefused("audit-lines-per-second = 0", "grid.node.access.audit-lines-per-second");
  }

  @Test
  void readsAFileBesideItsOwn(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("users.conf"), SampleUsers.text());
    AccessSettings settings =
        SampleUsers.settings(
            "file = \"" + file + "\"", "users.local { " + HASH + ", roles = [orders] }");
    AccessBook book = settings.book();
    assertThat(book.user("local")).isNotNull();
    assertThat(book.user("reader")).isNotNull();

    assertThatThrownBy(() -> settings.book("users.local { " + HASH + ", roles = [read] }"))
        .hasMessageContainingAll("users.local", "taken");
    assertThatThrownBy(() -> settings.book("users.x { " + HASH + ", rolls = [read] }"))
        .hasMessageContainingAll("users.conf", "rolls");
    assertThatThrownBy(() -> settings.book("user.x { }")).hasMessageContaining("user");
    assertThatThrownBy(() -> settings.book("users.x { " + HASH))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("users.conf")
        .hasMessageNotContaining(SampleUsers.HASH);
  }

  @Test
  void refusesAFileThatNamesNobody(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("users.conf"), "");
    assertRefused("file = \"" + file + "\"", "grid.node.access.file");
    assertRefused("file = \"" + directory.resolve("none") + "\"", "none", "access.file");
  }
}
