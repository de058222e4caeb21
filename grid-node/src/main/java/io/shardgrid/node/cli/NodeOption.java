package io.shardgrid.node.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that names a node to ask. */
public final class NodeOption {

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private Credentials credentials = new Credentials();

  @Option(
      names = "--node",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7171",
      description = "RESP address of any node of the grid. Default: ${DEFAULT-VALUE}")
  String address = "";

  @Mixin TlsOption tls;

  /** The address, host:port. */
  public String address() {
    return address;
  }
}
