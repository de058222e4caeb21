package io.shardgrid.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridTimeoutException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class VerdictTest {

  @Test
  void knowsWhatEachFailureMeans() {
    assertVerdict(new GridConfigException("Unknown: key=x"), ExitCode.USAGE, "Unknown: key=x");
    assertVerdict(new GridTimeoutException("Late: map=x"), ExitCode.FAILED, "Late: map=x");
    assertVerdict(new CommandException(ExitCode.NO_CLUSTER, "None"), ExitCode.NO_CLUSTER, "None");
  }

  @Test
  void looksIntoFailuresOfFutures() {
    assertVerdict(
        new CompletionException(new GridTimeoutException("Late: map=x")),
        ExitCode.FAILED,
        "Late: map=x");
  }

  @Test
  void callsEverythingElseAnInternalError() {
    assertVerdict(
        new IllegalStateException("a\n  b"),
        ExitCode.INTERNAL,
        "Internal error, -v shows the stack trace: IllegalStateException: a b");
    assertVerdict(
        new NullPointerException(),
        ExitCode.INTERNAL,
        "Internal error, -v shows the stack trace: NullPointerException: NullPointerException");
  }

  private static void assertVerdict(Throwable thrown, ExitCode exitCode, String line) {
    assertThat(Verdict.of(thrown)).isEqualTo(new Verdict(exitCode, line));
  }
}
