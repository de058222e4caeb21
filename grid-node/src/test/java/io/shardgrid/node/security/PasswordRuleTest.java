package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.security.PasswordHash.Algorithm;
import org.junit.jupiter.api.Test;

final class PasswordRuleTest {

  private static String weakness(String password) {
    return PasswordRule.weakness(password, "alice", Algorithm.ARGON2ID).orElse("none");
  }

  @Test
  void takesPasswordsThatAreNotEasilyGuessed() {
    assertThat(weakness("correct horse 42")).isEqualTo("none");
    assertThat(weakness("vY8#kd0!mQz2")).isEqualTo("none");
    assertThat(weakness("zwölf Boxkämpfer")).isEqualTo("none");
  }

  @Test
  void saysWhatIsWeak() {
    assertThat(weakness("short")).contains("5 characters");
    assertThat(weakness("")).contains("0 characters");
    assertThat(weakness("x".repeat(129))).contains("129 characters");
    assertThat(weakness("aaaaaaaabbbb")).contains("too few different");
    assertThat(weakness("abcxyzabcxyz")).contains("again and again");
    assertThat(weakness("1234567890123")).contains("one run");
    assertThat(weakness("fedcba9Q#x!k")).contains("one run");
    assertThat(weakness("MyPassWord#2026")).contains("password");
    assertThat(weakness("x9-ALICE-x7!q")).contains("user's name");
    assertThat(weakness("tab\tinside here")).contains("control");
  }

  @Test
  void knowsThatBcryptReadsNoMoreThanItsBytes() {
    String umlauts = "äöüÄÖÜßéèê".repeat(3) + " Boxkämpfer!?";
    assertThat(PasswordRule.weakness(umlauts, "", Algorithm.ARGON2ID)).isEmpty();
    assertThat(PasswordRule.weakness(umlauts, "", Algorithm.BCRYPT)).isPresent();
  }
}
