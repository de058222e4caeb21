package io.shardgrid.node.child;

import java.util.List;

/** Where the nodes of a {@link ChildCluster} run. */
public interface Surroundings extends AutoCloseable {

  /** What stands before the command that starts a node. */
  List<String> prefix(String node);

  /** The options that say where a node listens. */
  List<String> options(String node);

  /** What it is, for people. */
  String title();

  /** Takes away what was set up; nodes that still run there are cut off. */
  @Override
  void close();

  /** The loopback address, where every node takes free ports. */
  static Surroundings loopback() {
    return new Surroundings() {
      @Override
      public List<String> prefix(String node) {
        return List.of();
      }

      @Override
      public List<String> options(String node) {
        return List.of("--port", "0", "--http", "0", "--peer", "0", "--cluster", "0");
      }

      @Override
      public String title() {
        return "the loopback address";
      }

      @Override
      public void close() {}
    };
  }
}
