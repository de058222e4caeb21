package io.shardgrid.node.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a command is known over HTTP: a user, or a token. */
public final class TokenOption {

  @Mixin private Credentials credentials = new Credentials();

  @Option(
      names = "--token-file",
      order = 82,
      paramLabel = "FILE",
      description =
          "File whose first line is a token, instead of a user. Default: $SHARDGRID_TOKEN")
  void tokenFile(Path file) {
    credentials.tokenFile(file);
  }
}
