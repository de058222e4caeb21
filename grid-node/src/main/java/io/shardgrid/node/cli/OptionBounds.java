package io.shardgrid.node.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses numbers on the command line that make no sense. Stateless. */
public final class OptionBounds {

  private OptionBounds() {}

  /**
   * Demands a number within bounds.
   *
   * @throws ParameterException if it is not: names the option, what is wanted and what was found
   */
  public static void require(CommandSpec spec, String option, int found, int min, int max) {
    if (found < min || found > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: wanted is %d to %d, found is %d".formatted(option, min, max, found));
    }
  }
}
