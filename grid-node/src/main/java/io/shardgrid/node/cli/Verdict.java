package io.shardgrid.node.cli;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * How a failed command ends. Immutable.
 *
 * @param line what is wrong, in one line
 */
public record Verdict(ExitCode exitCode, String line) {

  /** Judges what a command threw. */
  public static Verdict of(Throwable thrown) {
    Throwable failure = unwrapped(thrown);
    if (failure instanceof CommandException e) {
      return new Verdict(e.exitCode(), oneLine(e));
    }
    if (failure instanceof GridConfigException) {
      return new Verdict(ExitCode.USAGE, oneLine(failure));
    }
    if (failure instanceof GridException) {
      return new Verdict(ExitCode.FAILED, oneLine(failure));
    }
    return new Verdict(
        ExitCode.INTERNAL,
        "Internal error, -v shows the stack trace: "
            + failure.getClass().getSimpleName()
            + ": "
            + oneLine(failure));
  }

  /** What a future's failure was about. */
  public static Throwable unwrapped(Throwable thrown) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException || failure instanceof ExecutionException) {
      Throwable cause = failure.getCause();
      if (cause == null) {
        return failure;
      }
      failure = cause;
    }
    return failure;
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
