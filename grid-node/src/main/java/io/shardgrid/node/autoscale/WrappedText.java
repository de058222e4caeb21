package io.shardgrid.node.autoscale;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a terminal's width. Stateless. */
final class WrappedText {

  /** A space at which no line ends. */
  static final String TIED = "\u00a0";

  private static final int COLUMNS = 100;

  private WrappedText() {}

  /**
   * Breaks a text at its spaces, but for those that are {@link #TIED}; a word that is longer than a
   * line is left whole.
   *
   * @param first what the first line begins with
   * @param others what the other lines begin with
   */
  static List<String> lines(String first, String others, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean isEmpty = true;
    for (String word : plain(text).split(" ")) {
      if (!isEmpty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(untied(line));
        line = new StringBuilder(others);
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    lines.add(untied(line));
    return lines;
  }

  private static String untied(CharSequence line) {
    return line.toString().replace(TIED, " ").stripTrailing();
  }

  /** A text that is one line. */
  static String line(String text) {
    return untied(plain(text));
  }

  /** Names of nodes and metrics may have anything in them, and go to a terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
