package io.shardgrid.trace;

/**
 * A piece of work of a trace, from when it was opened until {@link #end}. Thread-safe; never blocks
 * and never throws. No key and no value of an entry may be told to it.
 */
public interface TraceSpan {

  /** What travels to those who work for it. */
  TraceContext context();

  /** Says something of it; the last word counts. */
  TraceSpan put(String name, String value);

  /** The same with a number. */
  TraceSpan put(String name, long value);

  /** Something happened now. */
  void event(String name);

  /** Something happened now, about which one thing is to be said. */
  void event(String name, String about, String value);

  /**
   * It has failed.
   *
   * @param type one of few words
   */
  void fail(String type);

  /** It ends now; what comes later is ignored. */
  void end();
}
