package io.shardgrid.meter;

/**
 * What the rules of a node have done since it began, and do now. Immutable.
 *
 * @param completed calls that came to their end
 * @param trapped calls that trapped
 * @param exhausted calls that met a limit
 * @param refused calls that the rule itself refused
 * @param notRun calls that were not run: bad ones, quarantined ones, and those of overload
 * @param late calls that were not run either, as nobody waited for them any more
 * @param quarantined times that a rule was quarantined
 * @param loaded modules that were checked and compiled
 * @param invalid modules that were refused
 * @param logLinesDropped lines of rules that were not logged
 * @param modules that are kept compiled
 * @param waiting calls that wait for a thread
 * @param threads that take calls
 * @param abandonedThreads that were given up and still run
 */
public record RuleFigures(
    long completed,
    long trapped,
    long exhausted,
    long refused,
    long notRun,
    long late,
    long quarantined,
    long loaded,
    long invalid,
    long logLinesDropped,
    int modules,
    int waiting,
    int threads,
    int abandonedThreads) {

  /** Nothing was done, and nothing can be. */
  public static final RuleFigures NONE = new RuleFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
