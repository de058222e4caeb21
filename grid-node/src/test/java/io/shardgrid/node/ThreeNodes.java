package io.shardgrid.node;

import io.shardgrid.node.cli.NodeAddresses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A cluster of three nodes in processes of their own. {@link #close} kills them. */
final class ThreeNodes implements AutoCloseable {

  private final List<Program> programs = new ArrayList<>();
  private final List<NodeAddresses> addresses = new ArrayList<>();

  /** Starts the nodes, each with these options, and returns when all serve. */
  static ThreeNodes start(String... options) throws Exception {
    ThreeNodes nodes = new ThreeNodes();
    try {
      nodes.startAll(options);
      return nodes;
    } catch (Exception | AssertionError e) {
      nodes.close();
      throw e;
    }
  }

  private void startAll(String... options) throws Exception {
    startOne(options, "--name", "a", "--found", "--expect", "3");
    String seed = programs.get(0).awaitUp().cluster();
    startOne(options, "--name", "b", "--seeds", seed);
    startOne(options, "--name", "c", "--seeds", seed);
    for (Program program : programs) {
      addresses.add(program.awaitReady());
    }
  }

  private void startOne(String[] options, String... own) throws IOException {
    programs.add(
        Program.startNode(
            Stream.concat(Arrays.stream(options), Arrays.stream(own)).toArray(String[]::new)));
  }

  List<Program> programs() {
    return programs;
  }

  List<NodeAddresses> addresses() {
    return addresses;
  }

  /** Port of the RESP server of a node. */
  int respPort(int node) {
    String resp = addresses.get(node).resp();
    return Integer.parseInt(resp.substring(resp.lastIndexOf(':') + 1));
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
