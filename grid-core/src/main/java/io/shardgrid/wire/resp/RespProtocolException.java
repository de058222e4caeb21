package io.shardgrid.wire.resp;

/**
 * A peer sent what is not RESP, or more than the {@link RespLimits} allow.
 *
 * <p>It carries no stack trace: it tells of the peer's bytes, and must be cheap for a server that
 * is sent garbage.
 */
public final class RespProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean resynchronisable;

  public RespProtocolException(String message, boolean resynchronisable) {
    super(message, null, false, false);
    this.resynchronisable = resynchronisable;
  }

  /**
   * Whether the stream stands at the next command: answer this one with an error and go on. If not,
   * nothing after it can be understood: answer with an error and close.
   */
  public boolean isResynchronisable() {
    return resynchronisable;
  }

  /** The end of the stream: where the next command or reply begins can not be known. */
  static RespProtocolException lost(String message) {
    return new RespProtocolException(message, false);
  }

  /** One command refused; the stream goes on behind it. */
  static RespProtocolException refused(String message) {
    return new RespProtocolException(message, true);
  }
}
