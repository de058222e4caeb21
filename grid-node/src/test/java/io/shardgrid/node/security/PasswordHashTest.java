package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {

  /** The test vector of the reference implementation's command, with its own salt. */
  private static final String ARGON2ID =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  /** A hash of another program: crypt_blowfish's test vector has 2^5 rounds, which is too cheap. */
  private static final String CHEAP =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void makesHashesThatItKnowsAgain() {
    for (PasswordHash.Algorithm algorithm : PasswordHash.Algorithm.values()) {
      String text = PasswordHash.make(algorithm, "Grüße an alle 7");
      assertThat(PasswordHash.make(algorithm, "Grüße an alle 7")).isNotEqualTo(text);
      PasswordHash hash = PasswordHash.parse(text);
      assertThat(hash.matches(bytes("Grüße an alle 7"))).isTrue();
      assertThat(hash.matches(bytes("Grüße an alle 8"))).isFalse();
      assertThat(hash.matches(bytes(""))).isFalse();
    }
  }

  @Test
  void knowsHashesOfOtherPrograms() {
    assertThat(PasswordHash.parse(ARGON2ID).matches(bytes("password"))).isTrue();
    assertThat(PasswordHash.parse(ARGON2ID).matches(bytes("passwort"))).isFalse();
  }

  @Test
  void refusesWhatIsNoHashOrTooCheapOrTooCostly() {
    for (String text :
        new String[] {
          "",
          "secret",
          CHEAP,
          ARGON2ID.replace("m=65536", "m=1024"),
          ARGON2ID.replace("m=65536", "m=999999"),
          ARGON2ID.replace("t=2", "t=99"),
          ARGON2ID.replace("argon2id", "argon2i"),
          "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
        }) {
      assertThatThrownBy(() -> PasswordHash.parse(text)).hasMessageContaining("passwd");
    }
  }

  @Test
  void doesNotShowItself() {
    assertThat(PasswordHash.parse(ARGON2ID).toString()).doesNotContain("$");
  }
}
