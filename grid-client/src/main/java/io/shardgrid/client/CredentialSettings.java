package io.shardgrid.client;

import static io.shardgrid.key.StrictSettings.require;

import com.typesafe.config.Config;
import io.shardgrid.client.net.Credentials;
import io.shardgrid.client.net.Login;
import io.shardgrid.failure.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads who a client is, {@code grid.client.access}. */
final class CredentialSettings {

  private static final String PATH = "grid.client.access.";
  private static final String OFF = "off";
  private static final String DEFAULT_USER = "default";
  private static final int FILE_BYTES_MAX = 4_096;

  private CredentialSettings() {}

  static Credentials from(Config access) {
    String user = access.getString("user");
    String password = access.getString("password");
    String file = access.getString("password-file");
    boolean hasFile = !file.equals(OFF);
    require(
        !hasFile || password.isEmpty(),
        PATH + "password-file",
        "off, as there is a password",
        file);
    String name = user.isEmpty() ? DEFAULT_USER : user;
    if (hasFile) {
      Path path = Path.of(file);
      return () -> new Login(name, firstLine(path));
    }
    require(
        user.isEmpty() || !password.isEmpty(), PATH + "password", "the password of the user", "''");
    Login login = new Login(name, password);
    return password.isEmpty() ? Credentials.NONE : () -> login;
  }

  private static String firstLine(Path file) {
    try {
      require(
          Files.size(file) <= FILE_BYTES_MAX, PATH + "password-file", "at most 4096 bytes", file);
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new GridConfigException(
          "The password cannot be read: key=" + PATH + "password-file, file=" + file, e);
    }
  }
}
