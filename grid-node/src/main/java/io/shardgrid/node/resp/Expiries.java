package io.shardgrid.node.resp;

import io.shardgrid.wire.Expiry;

/** Reads the options by which commands name a time to live. */
final class Expiries {

  private static final int MILLIS = 1000;

  private Expiries() {}

  /** Whether this option is followed by a time. */
  static boolean isTimed(String option) {
    return option.equals("EX")
        || option.equals("PX")
        || option.equals("EXAT")
        || option.equals("PXAT");
  }

  /** The rule for such an option and its time. */
  static Expiry of(String option, long time, String command) {
    boolean isSeconds = option.startsWith("EX");
    if (time <= 0 || (isSeconds && time > Long.MAX_VALUE / MILLIS)) {
      throw invalid(command);
    }
    long millis = isSeconds ? time * MILLIS : time;
    return option.endsWith("AT") ? Expiry.at(millis) : after(millis, command);
  }

  /** The rule for a time to live in seconds or milliseconds, which may not overflow a clock. */
  static Expiry after(long millis, String command) {
    if (millis > Long.MAX_VALUE / 2) {
      throw invalid(command);
    }
    return Expiry.after(millis);
  }

  /** Seconds as milliseconds. */
  static long millis(long seconds, String command) {
    if (Math.abs(seconds / 2) > Long.MAX_VALUE / 2 / MILLIS) {
      throw invalid(command);
    }
    return seconds * MILLIS;
  }

  private static CommandRefusal invalid(String command) {
    return new CommandRefusal("ERR invalid expire time in '" + command + "' command");
  }
}
