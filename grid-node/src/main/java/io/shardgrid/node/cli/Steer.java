package io.shardgrid.node.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A node's answer to an order about moves. Immutable. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Steer(List<Integer> cancelled, List<Integer> refused, MigrationsPage migrations) {

  Steer {
    cancelled = List.copyOf(cancelled);
    refused = List.copyOf(refused);
  }

  /**
   * Gives an order.
   *
   * @param node address of the HTTP server, host:port
   * @param path of the order, with its parameters
   * @throws CommandException when the node does not answer
   */
  static Steer order(String node, String path) {
    return AdminPage.parse(AdminPage.post(node, path), Steer.class);
  }

  /** Gives an order, shows the moves as they are then, and returns the command's exit code. */
  static int show(CommandSpec spec, HttpOption node, String path) {
    Screen screen =
        new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
    screen.line("Moves: " + order(node.address, path).migrations().summary());
    return ExitCode.OK.number();
  }
}
