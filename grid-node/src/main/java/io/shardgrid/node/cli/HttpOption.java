package io.shardgrid.node.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that names a node whose pages are asked for. */
public final class HttpOption {

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private TokenOption token = new TokenOption();

  @Option(
      names = {"--node", "--http"},
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8171",
      description = "HTTP address of any node of the cluster. Default: ${DEFAULT-VALUE}")
  String address = "";

  @Mixin TlsOption tls;

  /** The address, host:port. */
  public String address() {
    return address;
  }
}
