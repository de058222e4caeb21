package io.shardgrid.node.security;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which passwords are too weak to be made hashes of. Without state. */
public final class PasswordRule {

  /** The rule, for people. */
  public static final String TEXT =
      "at least 12 characters and at most 128 (72 bytes for bcrypt), at least 6 different ones, no"
          + " control characters, not the same piece again and again, no run such as 123456 or"
          + " abcdef as half of it, and none of: the user's name, shardgrid, password, passwort,"
          + " qwerty, letmein, welcome, iloveyou, admin, secret, redis";

  private static final int CHARS_MIN = 12;
  private static final int CHARS_MAX = 128;
  private static final int BCRYPT_BYTES_MAX = 72;
  private static final int DIFFERENT_MIN = 6;
  private static final int NAME_CHARS_MIN = 3;
  private static final List<String> KNOWN =
      List.of(
          "shardgrid",
          "password",
          "passwort",
          "qwerty",
          "letmein",
          "welcome",
          "iloveyou",
          "admin",
          "secret",
          "redis");

  private PasswordRule() {}

  /**
   * Why a password is too weak.
   *
   * @param user whose it is; empty if that is not known
   */
  public static Optional<String> weakness(
      String password, String user, PasswordHash.Algorithm algorithm) {
    String small = password.toLowerCase(Locale.ROOT);
    if (password.length() < CHARS_MIN || password.length() > CHARS_MAX) {
      return Optional.of("it has " + password.length() + " characters");
    } else if (algorithm == PasswordHash.Algorithm.BCRYPT
        && password.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES_MAX) {
      return Optional.of("bcrypt looks at the first 72 bytes only");
    } else if (password.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("it has control characters");
    } else if (password.chars().distinct().count() < DIFFERENT_MIN) {
      return Optional.of("it has too few different characters");
    } else if (isRepeated(small)) {
      return Optional.of("it is the same piece again and again");
    } else if (longestRun(small) * 2 >= small.length()) {
      return Optional.of("half of it is one run");
    }
    return known(small, user.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> known(String small, String user) {
    if (user.length() >= NAME_CHARS_MIN && small.contains(user)) {
      return Optional.of("it has the user's name in it");
    }
    return KNOWN.stream()
        .filter(small::contains)
        .findFirst()
        .map(word -> "it has a word in it that everybody tries: " + word);
  }

  private static boolean isRepeated(String text) {
    return (text + text).indexOf(text, 1) < text.length();
  }

  /** The longest piece whose characters follow each other, up or down, or are the same. */
  private static int longestRun(String text) {
    int longest = 1;
    int run = 1;
    int step = 0;
    for (int at = 1; at < text.length(); at++) {
      int next = text.charAt(at) - text.charAt(at - 1);
      boolean goesOn = Math.abs(next) <= 1 && (run == 1 || next == step);
      run = goesOn ? run + 1 : Math.abs(next) <= 1 ? 2 : 1;
      step = next;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
