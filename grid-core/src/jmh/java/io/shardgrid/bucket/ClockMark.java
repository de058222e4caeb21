package io.shardgrid.bucket;

import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An event of a flight recording that says what {@link System#nanoTime} showed at its time. */
@Name(ClockMark.NAME)
@Label("Clock Mark")
@StackTrace(false)
final class ClockMark extends Event {

  static final String NAME = "io.shardgrid.ClockMark";

  /** The field's name in a recording. */
  static final String NANOS = "nanos";

  @Label("nanoTime")
  long nanos;

  /** Puts a mark into all recordings that run. */
  static void take() {
    ClockMark mark = new ClockMark();
    mark.begin();
    mark.nanos = System.nanoTime();
    mark.end();
    mark.commit();
  }
}
