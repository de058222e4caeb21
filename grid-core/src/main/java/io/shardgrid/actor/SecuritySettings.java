package io.shardgrid.actor;

import com.typesafe.config.Config;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.link.ClusterSecret;
import io.shardgrid.tls.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How members make sure of each other, {@code grid.tls} and {@code grid.cluster-secret}. Immutable.
 *
 * @param tls certificates of both ends of every connection between members; empty for none
 * @param secret what every member knows; empty for nothing
 */
public record SecuritySettings(Optional<TlsSettings> tls, Optional<ClusterSecret> secret) {

  private static final String FILE_KEY = ClusterSecret.KEY + "-file";
  private static final int FILE_BYTES_MAX = 4096;

  /**
   * Reads {@code grid}, and the file of the secret.
   *
   * @throws GridConfigException if a value is wrong or the file cannot be read
   */
  public static SecuritySettings from(Config grid) {
    return new SecuritySettings(
        TlsSettings.ofCluster(grid),
        secret(grid.getString("cluster-secret"), grid.getString("cluster-secret-file")));
  }

  private static Optional<ClusterSecret> secret(String given, String file) {
    if (file.isEmpty()) {
      return given.isEmpty() ? Optional.empty() : Optional.of(checked(ClusterSecret.KEY, given));
    }
    StrictSettings.require(
        given.isEmpty(), FILE_KEY, "only one of it and " + ClusterSecret.KEY, "both");
    return Optional.of(checked(FILE_KEY, firstLine(StrictSettings.path(FILE_KEY, file))));
  }

  private static ClusterSecret checked(String key, String secret) {
    StrictSettings.require(
        secret.length() >= ClusterSecret.LENGTH_MIN,
        key,
        "at least " + ClusterSecret.LENGTH_MIN + " characters",
        secret.length() + " characters");
    return new ClusterSecret(secret);
  }

  private static String firstLine(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new GridConfigException(
          "The file with the secret cannot be read: key="
              + FILE_KEY
              + ", file="
              + file
              + ", cause="
              + e,
          e);
    }
  }
}
