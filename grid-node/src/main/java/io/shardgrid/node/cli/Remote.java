package io.shardgrid.node.cli;

import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What the commands share that ask a grid as its client. */
public final class Remote {

  private Remote() {}

  /**
   * Connects to a grid by one of its nodes.
   *
   * @param node RESP address, host:port
   * @throws CommandException when it cannot be reached
   */
  public static GridClient connect(String node) {
    try {
      return GridClient.connect(node);
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
