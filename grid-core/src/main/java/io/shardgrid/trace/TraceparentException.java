package io.shardgrid.trace;

import java.io.Serial;

/** A text is no {@code traceparent}; the message says why. */
public final class TraceparentException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  TraceparentException(String why) {
    super("not a traceparent of W3C, 00-<32 digits>-<16 digits>-<2 digits>: " + why);
  }
}
