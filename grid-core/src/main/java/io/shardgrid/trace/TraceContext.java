package io.shardgrid.trace;

/**
 * Which span of which trace something belongs to: what travels with an operation. Immutable.
 *
 * <p>Its form as text is {@code traceparent} of W3C's recommendation "Trace Context" of 2021, level
 * 1: {@code 00-}, 32 hexadecimal digits of the trace, {@code -}, 16 of the span, {@code -}, 2 of
 * flags.
 *
 * @param traceHigh the first 64 bits of the trace's number
 * @param traceLow the others; not all 128 are 0
 * @param span number of the span; not 0
 * @param flags 8 bits, of which the lowest says whether the trace is recorded
 */
public record TraceContext(long traceHigh, long traceLow, long span, byte flags) {

  /*
   *   offset  0   3                                36                 53
   *           00 - 4bf92f3577b34da6a3ce929d0e0e4736 - 00f067aa0ba902b7 - 01
   *           |    trace                              span               flags
   *           version
   *
   * A later version may have more behind the flags; what stands before them is read as here.
   */

  /** Characters of a {@code traceparent} of version 00. */
  public static final int TEXT_CHARS = 55;

  /** The flag of a trace that is recorded. */
  public static final byte SAMPLED = 1;

  /** Of what is known not to be recorded, whatever its numbers. */
  public static final TraceContext UNSAMPLED = new TraceContext(0, 1, 1, (byte) 0);

  private static final int TRACE_AT = 3;
  private static final int TRACE_LOW_AT = 19;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;
  private static final int VERSION_INVALID = 0xff;

  private static final long MIX_FIRST = 0xbf58476d1ce4e5b9L;
  private static final long MIX_SECOND = 0x94d049bb133111ebL;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  public TraceContext {
    if ((traceHigh | traceLow) == 0 || span == 0) {
      throw new IllegalArgumentException("a trace and a span have numbers other than 0");
    }
  }

  /** A span of a trace that is recorded. */
  public static TraceContext sampled(long traceHigh, long traceLow, long span) {
    return new TraceContext(traceHigh, traceLow, span, SAMPLED);
  }

  /**
   * Reads a {@code traceparent}.
   *
   * @throws TraceparentException if it is none; says what is wrong
   */
  public static TraceContext parse(String text) {
    if (text.length() < TEXT_CHARS) {
      throw new TraceparentException("it is too short: characters=" + text.length());
    }
    int version = (int) hex(text, 0, 2, "version");
    if (version == VERSION_INVALID) {
      throw new TraceparentException("there is no such version: version=ff");
    }
    boolean hasMore = text.length() > TEXT_CHARS;
    if (hasMore && (version == 0 || text.charAt(TEXT_CHARS) != '-')) {
      throw new TraceparentException("it is too long: characters=" + text.length());
    }
    dash(text, TRACE_AT - 1);
    dash(text, SPAN_AT - 1);
    dash(text, FLAGS_AT - 1);
    long high = hex(text, TRACE_AT, TRACE_LOW_AT, "trace");
    long low = hex(text, TRACE_LOW_AT, SPAN_AT - 1, "trace");
    long span = hex(text, SPAN_AT, FLAGS_AT - 1, "span");
    long flags = hex(text, FLAGS_AT, TEXT_CHARS, "flags");
    if ((high | low) == 0 || span == 0) {
      throw new TraceparentException("the numbers of trace and span are not 0");
    }
    return new TraceContext(high, low, span, (byte) flags);
  }

  private static void dash(String text, int at) {
    if (text.charAt(at) != '-') {
      throw new TraceparentException("there is no dash where one belongs: place=" + at);
    }
  }

  private static long hex(String text, int from, int to, String what) {
    long value = 0;
    for (int at = from; at < to; at++) {
      char digit = text.charAt(at);
      boolean isNumeral = digit >= '0' && digit <= '9';
      if (!isNumeral && (digit < 'a' || digit > 'f')) {
        throw new TraceparentException(
            "the %s has other characters than 0 to 9 and a to f: place=%d".formatted(what, at));
      }
      value = value << 4 | (isNumeral ? digit - '0' : digit - 'a' + 10);
    }
    return value;
  }

  /**
   * The first span of a trace whose number follows from what it is about, so that all who take part
   * know it without being told: the same numbers always give the same.
   *
   * @param salt of the cluster
   * @param what of the sort of thing
   * @param first with {@code second} what names the thing
   */
  public static TraceContext derived(long salt, String what, long first, long second) {
    // SplitMix64's finalizer (Steele, Lea, Flood, OOPSLA 2014) over a running sum: no security in
    // it, only that numbers near each other give traces that are not.
    long seed = mix(mix(mix(salt + GOLDEN + what.hashCode()) + first) + second);
    return sampled(mix(seed + GOLDEN) | 1, mix(seed - GOLDEN), mix(seed ^ GOLDEN) | 1);
  }

  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 30)) * MIX_FIRST;
    mixed = (mixed ^ (mixed >>> 27)) * MIX_SECOND;
    return mixed ^ (mixed >>> 31);
  }

  /** Whether the trace is recorded. */
  public boolean isSampled() {
    return (flags & SAMPLED) != 0;
  }

  /** The trace's number as 32 hexadecimal digits. */
  public String traceId() {
    return "%016x%016x".formatted(traceHigh, traceLow);
  }

  /** The span's number as 16 hexadecimal digits. */
  public String spanId() {
    return "%016x".formatted(span);
  }

  /** As W3C writes it. */
  public String traceparent() {
    return "00-" + traceId() + "-" + spanId() + "-" + "%02x".formatted(flags);
  }
}
