package io.shardgrid.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of fuzzing a target. Immutable.
 *
 * @param executions inputs that were tried
 * @param accepted how many of them were taken, and not refused
 * @param corpus inputs that were kept since each took a new way
 * @param ways that were taken
 */
public record FuzzReport(
    String target,
    long seed,
    long executions,
    long accepted,
    int corpus,
    int ways,
    long millis,
    List<Finding> findings) {

  /**
   * An input of which something that must hold does not.
   *
   * @param file where the shortest form of it that was found is kept
   */
  public record Finding(byte[] input, Throwable failure, Path file) {}

  public FuzzReport {
    findings = List.copyOf(findings);
  }

  @Override
  public String toString() {
    return "fuzzed %s: seed=%d, executions=%d, accepted=%d, corpus=%d, ways=%d, seconds=%.1f, findings=%d"
        .formatted(target, seed, executions, accepted, corpus, ways, millis / 1e3, findings.size());
  }

  /** Fails if there are findings, and says of each how it is tried again. */
  public void requireNoFindings() {
    if (findings.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(toString());
    for (Finding finding : findings) {
      text.append("\n  ")
          .append(finding.failure())
          .append("\n  input (")
          .append(finding.input().length)
          .append(" bytes): ")
          .append(finding.file());
    }
    text.append("\n  one of them again: -Dgrid.fuzz.replay=FILE; all of them: -Dgrid.fuzz.seed=")
        .append(seed);
    AssertionError error = new AssertionError(text.toString(), findings.get(0).failure());
    findings.stream().skip(1).forEach(finding -> error.addSuppressed(finding.failure()));
    throw error;
  }
}
