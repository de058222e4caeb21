package io.shardgrid.node.gateway;

import io.shardgrid.node.cli.TlsOption;
import io.shardgrid.node.cli.TokenOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that names a gateway to ask. */
final class GatewayOption {

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private TokenOption token = new TokenOption();

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8271",
      description = "HTTP address of the gateway. Default: ${DEFAULT-VALUE}")
  String address = "";

  @Mixin TlsOption tls;
}
