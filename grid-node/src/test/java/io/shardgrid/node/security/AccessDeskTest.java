package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class AccessDeskTest {

  private static void await(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void readsItsFileAgainAndKeepsTheOldOneWhenItIsBroken(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("users.conf"), SampleUsers.text());
    try (AuditLines audit = new AuditLines();
        AccessDesk desk = SampleUsers.plain("file = \"" + file + "\"", "file-interval = 1ms")) {
      AccessBook first = desk.book();
      User reader = java.util.Objects.requireNonNull(first.user("reader"));

      Files.writeString(file, "users { broken");
      await(() -> audit.all().stream().anyMatch(line -> line.contains("is broken")));
      assertThat(desk.book()).isSameAs(first);

      Files.writeString(file, SampleUsers.text().replace("reader", "reader2"));
      await(() -> desk.book() != first);
      assertThat(desk.book().renewed(reader)).isNull();
      assertThat(desk.book().user("reader2")).isNotNull();
      await(() -> audit.all().stream().anyMatch(line -> line.contains("was read again")));
      assertThat(audit.all().toString()).doesNotContain(SampleUsers.HASH);
    }
  }

  @Test
  void keepsWhoHasOneOfItsPasswordsStill() {
    AccessBook before = SampleUsers.settings(SampleUsers.text()).book();
    User writer = java.util.Objects.requireNonNull(before.user("writer"));
    String other = PasswordHash.make(PasswordHash.Algorithm.BCRYPT, "another one 99");

    AccessBook both =
        SampleUsers.settings(
                "users.writer { password = [\"%s\", \"%s\"], roles = [read] }"
                    .formatted(other, SampleUsers.HASH))
            .book();
    User now = java.util.Objects.requireNonNull(both.renewed(writer));
    assertThat(now.grants().cover(Need.WRITE, "default")).isFalse();

    AccessBook next =
        SampleUsers.settings("users.writer { password = \"%s\", roles = [read] }".formatted(other))
            .book();
    assertThat(next.renewed(writer)).isNull();
  }
}
