package io.shardgrid.failure;

/** A key or value could not be encoded or decoded; names class, map and key. */
public final class CodecException extends GridException {

  private static final long serialVersionUID = 1L;

  public CodecException(String message) {
    super(message);
  }

  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
