package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerifiedLoginsTest {

  private static final long SECOND = 1_000_000_000;

  private final VerifiedLogins logins = new VerifiedLogins(2, Duration.ofSeconds(10));
  private final User user =
      new User("a", List.of(PasswordHash.parse(SampleUsers.HASH)), Grants.ALL, true);

  private ByteBuffer digest(String password) {
    return logins.digest(user, password.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void forgetsAfterItsTime() {
    logins.add(digest("one"), 0);
    assertThat(logins.has(digest("one"), 9 * SECOND)).isTrue();
    assertThat(logins.has(digest("one"), 10 * SECOND)).isFalse();
    assertThat(logins.has(digest("two"), 0)).isFalse();
  }

  @Test
  void makesRoomByTheOldest() {
    logins.add(digest("one"), 0);
    logins.add(digest("two"), 0);
    logins.add(digest("one"), 1);
    logins.add(digest("three"), 1);
    assertThat(logins.has(digest("one"), 2)).isTrue();
    assertThat(logins.has(digest("two"), 2)).isFalse();
  }

  @Test
  void knowsNoneOfAnotherUserOrAnotherHash() {
    User other = new User("b", user.passwords(), Grants.ALL, true);
    User renewed =
        new User(
            "a",
            List.of(PasswordHash.parse(SampleUsers.HASH.replace("$2b$10", "$2b$11"))),
            Grants.ALL,
            true);
    assertThat(logins.digest(other, new byte[1])).isNotEqualTo(logins.digest(user, new byte[1]));
    assertThat(logins.digest(renewed, new byte[1])).isNotEqualTo(logins.digest(user, new byte[1]));
  }
}
