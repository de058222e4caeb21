package io.shardgrid.tls;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the certificates of one side are, and how often their files are looked at. Immutable.
 *
 * @param path where these settings stand, for errors, such as {@code grid.tls}
 * @param certificateFile PEM file with the certificate and those between it and its authority;
 *     empty for none
 * @param keyFile PEM file with the certificate's key, PKCS#8 and not encrypted; empty for none
 * @param caFile PEM file with the authorities that the others' certificates are checked by; empty
 *     for those of Java
 * @param reloadInterval how often the files are looked at
 * @param handshakeTimeout how long a handshake may take
 * @param expiryWarning how long before its end a certificate is warned of
 */
public record TlsSettings(
    String path,
    String certificateFile,
    String keyFile,
    String caFile,
    Duration reloadInterval,
    Duration handshakeTimeout,
    Duration expiryWarning) {

  private static final String SECTION = "tls";
  private static final Duration RELOAD_MIN = Duration.ofMillis(10);
  private static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final Duration WARNING_MAX = Duration.ofDays(3650);

  public TlsSettings {
    require(
        certificateFile.isEmpty() == keyFile.isEmpty(),
        path + ".key-file",
        "given exactly if certificate-file is",
        "'" + keyFile + "'");
    requireBetween(path + ".reload-interval", "10 ms to 1 h", RELOAD_MIN, reloadInterval, WAIT_MAX);
    requireBetween(
        path + ".handshake-timeout", "10 ms to 1 h", RELOAD_MIN, handshakeTimeout, WAIT_MAX);
    requireBetween(
        path + ".expiry-warning", "0 to 3650 days", Duration.ZERO, expiryWarning, WARNING_MAX);
  }

  /**
   * Reads {@code grid.tls}: the links between nodes, where both ends show a certificate.
   *
   * @param grid the section {@code grid}
   * @return empty if TLS is off
   */
  public static Optional<TlsSettings> ofCluster(Config grid) {
    Config tls = grid.getConfig(SECTION);
    TlsSettings settings = read(tls, "grid.tls");
    if (!tls.getBoolean("enabled")) {
      return Optional.empty();
    }
    settings.requireIdentity();
    settings.requireAuthority();
    return Optional.of(settings);
  }

  /**
   * Reads the section of a client: the authority and a certificate of its own may be missing.
   *
   * @param client the section around {@code tls}
   * @param path where it stands
   * @return empty if TLS is off
   */
  public static Optional<TlsSettings> ofClient(Config client, String path) {
    Config tls = client.getConfig(SECTION);
    TlsSettings settings = read(tls, path + "." + SECTION);
    return tls.getBoolean("enabled") ? Optional.of(settings) : Optional.empty();
  }

  /**
   * Reads the files of a section; where a file is not named, that of another section is used.
   *
   * @param section the files' section
   * @param path where it stands
   * @param other the section {@code grid.tls}, which also has the intervals
   */
  public static TlsSettings ofServer(Config section, String path, Config other) {
    return new TlsSettings(
        path,
        either(section, other, "certificate-file"),
        either(section, other, "key-file"),
        either(section, other, "ca-file"),
        other.getDuration("reload-interval"),
        other.getDuration("handshake-timeout"),
        other.getDuration("expiry-warning"));
  }

  private static String either(Config section, Config other, String key) {
    String found = section.getString(key);
    return found.isEmpty() ? other.getString(key) : found;
  }

  private static TlsSettings read(Config tls, String path) {
    return new TlsSettings(
        path,
        tls.getString("certificate-file"),
        tls.getString("key-file"),
        tls.getString("ca-file"),
        tls.getDuration("reload-interval"),
        tls.getDuration("handshake-timeout"),
        tls.getDuration("expiry-warning"));
  }

  /** The same with other files; empty for none. */
  public TlsSettings withFiles(String certificate, String key, String authority) {
    return new TlsSettings(
        path, certificate, key, authority, reloadInterval, handshakeTimeout, expiryWarning);
  }

  /** Whether there is a certificate of its own. */
  public boolean hasIdentity() {
    return !certificateFile.isEmpty();
  }

  /** Refuses settings without a certificate of their own. */
  public void requireIdentity() {
    require(hasIdentity(), path + ".certificate-file", "the name of a PEM file", "nothing");
  }

  /** Refuses settings that trust the authorities of Java. */
  public void requireAuthority() {
    require(!caFile.isEmpty(), path + ".ca-file", "the name of a PEM file", "nothing");
  }

  private static void requireBetween(
      String key, String wanted, Duration min, Duration found, Duration max) {
    require(found.compareTo(min) >= 0 && found.compareTo(max) <= 0, key, wanted, found);
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, key, wanted, found);
  }
}
