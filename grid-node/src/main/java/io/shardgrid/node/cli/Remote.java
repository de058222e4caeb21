package io.shardgrid.node.cli;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.client.net.Login;
import io.shardgrid.client.net.NodeAddress;
import io.shardgrid.failure.GridAccessException;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What the commands share that ask a grid as its client. */
public final class Remote {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

  private Remote() {}

  /**
   * Connects to a grid by one of its nodes.
   *
   * @param node RESP address, host:port
   * @throws CommandException when it cannot be reached
   */
  public static GridClient connect(String node) {
    try {
      return GridClient.connect(known(Transport.settings().withSeeds(List.of(node))));
    } catch (GridConfigException e) {
      requireAddress(node, e);
      throw e;
    } catch (GridAccessException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "The node wants to know who asks, or does not know this one: node="
              + node
              + "; give --user ("
              + e.getMessage()
              + ")",
          e);
    } catch (GridException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "No grid answers at "
              + node
              + "; start a node, or name one's RESP address with --node host:port ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** What somebody has typed is not called as the setting that it becomes. */
  private static void requireAddress(String node, GridConfigException cause) {
    try {
      var ignored = NodeAddress.parse(node);
    } catch (GridConfigException e) {
      throw new CommandException(
          ExitCode.USAGE, "--node: wanted is host:port, found is " + node, cause);
    }
  }

  /** The same settings with what the command was told of who it is. */
  private static ClientSettings known(ClientSettings settings) {
    Login login = Credentials.login();
    return login == null ? settings : settings.withCredentials(() -> login);
  }

  /**
   * Connects to nodes that have just started on a machine that they keep busy.
   *
   * @throws GridException when none of them answers for long
   */
  public static GridClient connect(List<NodeAddresses> nodes) {
    return GridClient.connect(
        Transport.settings()
            .withSeeds(nodes.stream().map(NodeAddresses::resp).toList())
            .withConnectTimeout(CONNECT_MAX));
  }

  /**
   * Waits for a result.
   *
   * @throws CommandException with the failure of the operation
   */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Verdict verdict = Verdict.of(e);
      throw new CommandException(verdict.exitCode(), verdict.line(), Verdict.unwrapped(e));
    }
  }
}
