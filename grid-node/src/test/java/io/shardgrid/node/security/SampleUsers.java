package io.shardgrid.node.security;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Users of tests: reader, writer, admin, and clerk who may change maps called orders*. */
public final class SampleUsers {

  /** The password of all of them. */
  public static final String PASSWORD = "correct horse 42";

  /** The word of the token {@code scraper}, who may read. */
  public static final String TOKEN = Token.random();

  /** As cheap as a hash may be. */
  static final String HASH = BcryptFunction.getInstance(Bcrypt.B, 10).hash(PASSWORD).getResult();

  private static final String USERS =
      """
      users {
        reader { password = "%1$s", roles = [read] }
        writer { password = ["%1$s"], roles = [write] }
        admin { password = "%1$s", roles = [admin] }
        clerk { password = "%1$s", roles = [orders] }
        default { password = "%1$s", roles = [read] }
        former { password = "%1$s", roles = [admin], enabled = off }
      }
      roles { orders = [{ maps = ["orders*"], allow = [write] }] }
      tokens {
        scraper { sha256 = "%2$s", roles = [read] }
        operator { sha256 = "%3$s", roles = [admin] }
        old { sha256 = "%4$s", roles = [admin], expires = "2020-01-01T00:00:00Z" }
      }
      """
          .formatted(
              HASH, Token.digestOf(TOKEN), Token.digestOf("operator's"), Token.digestOf("old"));

  private SampleUsers() {}

  /** The three sections, as a file has them. */
  public static String text() {
    return USERS;
  }

  /** Settings with these lines in {@code grid.node.access}. */
  static AccessSettings settings(String... lines) {
    Config access = ConfigFactory.parseString(String.join("\n", lines));
    return AccessSettings.from(
        access
            .atPath("grid.node.access")
            .withFallback(ConfigFactory.defaultReference())
            .resolve()
            .getConfig("grid"));
  }

  /** A desk that knows them. */
  public static AccessDesk desk(String... lines) {
    return AccessDesk.open(
        settings(
            USERS,
            "login { pause-first = 1ms, pause-source-max = 5ms, pause-user-max = 5ms }",
            String.join("\n", lines)));
  }

  /** A desk with these lines only. */
  public static AccessDesk plain(String... lines) {
    return AccessDesk.open(settings(lines));
  }
}
