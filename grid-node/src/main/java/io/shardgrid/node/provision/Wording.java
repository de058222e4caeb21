package io.shardgrid.node.provision;

import io.shardgrid.node.cli.Verdict;
import java.io.UncheckedIOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;

/** Puts what others say, and what failed, into a line. Stateless. */
final class Wording {

  private static final int TEXT_MAX = 200;

  private Wording() {}

  /** The beginning of a text from elsewhere, on one line and without control characters. */
  static String excerpt(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= TEXT_MAX ? line : line.substring(0, TEXT_MAX);
  }

  /** Why a request came to nothing. */
  static String cause(Throwable failure) {
    Throwable cause = Verdict.unwrapped(failure);
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      cause = wrapped.getCause();
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + excerpt(message);
  }
}
