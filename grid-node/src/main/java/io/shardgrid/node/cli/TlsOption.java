package io.shardgrid.node.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The options that say how a command makes sure of the nodes that it asks; {@link Transport} keeps
 * what they say. Confined to the parsing thread.
 */
public final class TlsOption {

  @Option(
      names = "--tls",
      arity = "0",
      description = "Talk TLS, with the authorities of Java. Default: grid.client.tls, else no TLS")
  void tls(boolean isOn) {
    if (isOn) {
      Transport.useTls();
    }
  }

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Talk TLS; the nodes' certificates are checked by those of this PEM file.")
  void authority(Path file) {
    Transport.trust(file);
  }

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "PEM file with a certificate for nodes that ask for one; with --tls-key")
  void certificate(Path file) {
    Transport.showCertificate(file);
  }

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file with the key of --cert: PKCS#8, not encrypted.")
  void key(Path file) {
    Transport.showKey(file);
  }
}
