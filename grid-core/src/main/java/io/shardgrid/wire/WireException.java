package io.shardgrid.wire;

/** Bytes from another process are not what the wire format wants; says what was found. */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
