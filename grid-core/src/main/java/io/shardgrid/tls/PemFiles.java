package io.shardgrid.tls;

import org.jspecify.annotations.Nullable;

/**
 * The files of one side as they were read at one time. Immutable; two are equal if nothing has
 * changed.
 */
record PemFiles(@Nullable PemFile certificate, @Nullable PemFile key, @Nullable PemFile authority) {

  /**
   * Reads the files that are named.
   *
   * @throws io.shardgrid.failure.GridConfigException if one cannot be read
   */
  static PemFiles read(TlsSettings settings) {
    return new PemFiles(
        read(settings.path() + ".certificate-file", settings.certificateFile()),
        read(settings.path() + ".key-file", settings.keyFile()),
        read(settings.path() + ".ca-file", settings.caFile()));
  }

  private static @Nullable PemFile read(String key, String name) {
    return name.isEmpty() ? null : PemFile.read(key, name);
  }
}
