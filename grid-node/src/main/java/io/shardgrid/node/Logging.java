package io.shardgrid.node;

/**
 * Says how much is logged and how. Has to be called before the first logger is made; {@code
 * logback.xml} reads what it sets.
 */
final class Logging {

  private static final String LEVEL = "grid.log.level";
  private static final String LEVEL_OTHERS = "grid.log.level.others";
  private static final String FORMAT = "grid.log.format";

  /** How a line of the log looks. */
  enum Format {
    /** For people. */
    TEXT,
    /** One JSON object a line, for collectors of logs. */
    JSON
  }

  private Logging() {}

  /**
   * Sets the levels. A node logs its life; a command that talks to nodes is silent unless asked, as
   * its failures come on the screen.
   */
  static void prepare(boolean isNode, boolean isVerbose) {
    if (isVerbose) {
      set(LEVEL, "DEBUG");
      set(LEVEL_OTHERS, "INFO");
    } else {
      set(LEVEL, isNode ? "INFO" : "OFF");
      set(LEVEL_OTHERS, isNode ? "WARN" : "OFF");
    }
    set(FORMAT, "text");
  }

  /** Sets the form of the lines. */
  static void prepare(Format format) {
    System.setProperty(FORMAT, format == Format.JSON ? "json" : "text");
  }

  /** What was set on Java's command line stays. */
  private static void set(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
