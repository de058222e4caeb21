package io.shardgrid.wire;

import io.shardgrid.trace.TraceContext;

/** The binary form of what a span is part of: trace (16 bytes), span (8), flags (1). */
public final class TraceCodec {

  /** What it takes. */
  public static final int BYTES = 3 * Long.BYTES + 1;

  private TraceCodec() {}

  /** Appends one. */
  public static void write(WireWriter out, TraceContext trace) {
    out.writeLong(trace.traceHigh());
    out.writeLong(trace.traceLow());
    out.writeLong(trace.span());
    out.writeByte(trace.flags());
  }

  /**
   * Reads one.
   *
   * @throws WireException if the numbers are none
   */
  public static TraceContext read(WireReader in) {
    long high = in.readLong();
    long low = in.readLong();
    long span = in.readLong();
    byte flags = in.readByte();
    if ((high | low) == 0 || span == 0) {
      throw new WireException("the number of a trace or of its span is 0");
    }
    return new TraceContext(high, low, span, flags);
  }
}
