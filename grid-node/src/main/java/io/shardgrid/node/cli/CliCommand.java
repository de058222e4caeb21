package io.shardgrid.node.cli;

import java.util.Set;
import java.util.concurrent.Callable;

/** A command of the command line; its call returns the number of an {@link ExitCode}. */
public interface CliCommand extends Callable<Integer> {

  /** The codes that it can end with, for its help. */
  default Set<ExitCode> exitCodes() {
    return Set.of(ExitCode.OK, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERNAL);
  }
}
