package io.shardgrid.node.security;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.types.Argon2;
import com.password4j.types.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hash of a password, as text: Argon2id (PHC string) or bcrypt. Immutable; equal by text.
 *
 * <p>To check one takes tens of milliseconds of a processor on purpose: never on an event loop.
 */
public final class PasswordHash {

  /** How hashes are made. */
  public enum Algorithm {
    /** RFC 9106, with the parameters of OWASP: 19 MiB, 2 passes, 1 lane. */
    ARGON2ID,
    /** With 2^12 rounds; for passwords of up to 72 bytes. */
    BCRYPT;

    /** As the command line says it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What configuration has to say, for errors. */
  static final String FORM =
      "a hash of Argon2id ($argon2id$v=19$m=19456,t=2,p=1$...: m=7168 to 262144, t=1 to 10, p=1 to"
          + " 4) or bcrypt ($2b$12$...: 10 to 15), as the command passwd prints";

  private static final Pattern ARGON2ID =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  private static final int MEMORY_KIB = 19_456;
  private static final int MEMORY_KIB_MIN = 7_168;
  private static final int MEMORY_KIB_MAX = 262_144;
  private static final int PASSES = 2;
  private static final int PASSES_MAX = 10;
  private static final int LANES_MAX = 4;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int ROUNDS_LOG = 12;
  private static final int ROUNDS_LOG_MIN = 10;
  private static final int ROUNDS_LOG_MAX = 15;

  private final String text;
  private final HashingFunction function;

  private PasswordHash(String text, HashingFunction function) {
    this.text = text;
    this.function = function;
  }

  /**
   * The hash that a text stands for.
   *
   * @throws IllegalArgumentException if it is none, or too cheap or too costly; says {@link #FORM}
   */
  static PasswordHash parse(String text) {
    Matcher argon2 = ARGON2ID.matcher(text);
    if (argon2.matches()
        && isIn(argon2.group(1), MEMORY_KIB_MIN, MEMORY_KIB_MAX)
        && isIn(argon2.group(2), 1, PASSES_MAX)
        && isIn(argon2.group(3), 1, LANES_MAX)) {
      return new PasswordHash(text, Argon2Function.getInstanceFromHash(text));
    }
    Matcher bcrypt = BCRYPT.matcher(text);
    if (bcrypt.matches() && isIn(bcrypt.group(1), ROUNDS_LOG_MIN, ROUNDS_LOG_MAX)) {
      return new PasswordHash(text, BcryptFunction.getInstanceFromHash(text));
    }
    throw new IllegalArgumentException("wanted is " + FORM);
  }

  private static boolean isIn(String digits, int least, int most) {
    int number = Integer.parseInt(digits);
    return number >= least && number <= most;
  }

  /** Makes a hash, with a salt of its own. */
  public static String make(Algorithm algorithm, String password) {
    byte[] plain = password.getBytes(StandardCharsets.UTF_8);
    return switch (algorithm) {
      case ARGON2ID ->
          Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, HASH_BYTES, Argon2.ID)
              .hash(plain, salt())
              .getResult();
      case BCRYPT -> BcryptFunction.getInstance(Bcrypt.B, ROUNDS_LOG).hash(plain).getResult();
    };
  }

  private static byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Whether this is the password of the hash, in UTF-8. Compares in constant time. */
  boolean matches(byte[] password) {
    return function.check(new String(password, StandardCharsets.UTF_8), text);
  }

  String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash hash && hash.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Says nothing: hashes do not belong into logs. */
  @Override
  public String toString() {
    return "PasswordHash";
  }
}
