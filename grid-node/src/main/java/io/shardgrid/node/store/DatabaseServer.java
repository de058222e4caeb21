package io.shardgrid.node.store;

import io.shardgrid.node.child.StdinWatch;
import io.shardgrid.node.cli.ExitCode;

/** The process of a {@link Database}: H2's server, which ends when whoever started it is gone. */
final class DatabaseServer {

  private DatabaseServer() {}

  /**
   * Runs it.
   *
   * @param arguments its port, and the directory of its files
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    StdinWatch.begin(ExitCode.OK);
    String[] options = {"-tcp", "-tcpPort", arguments[0], "-baseDir", arguments[1], "-ifNotExists"};
    // The driver is there when programs run, not when they are compiled.
    Class.forName("org.h2.tools.Server")
        .getMethod("main", String[].class)
        .invoke(null, (Object) options);
  }
}
