package io.shardgrid.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a page that is generated; what stands around it belongs to its authors. */
final class MarkedSection {

  private static final String BEGIN = "<!-- table -->";
  private static final String END = "<!-- /table -->";

  private MarkedSection() {}

  /** Replaces what is between the marks. A page that does not exist becomes one of this alone. */
  static void replace(Path page, String content) throws IOException {
    String text = Files.exists(page) ? Files.readString(page) : BEGIN + "\n" + END + "\n";
    Files.writeString(page, replaced(text, content));
  }

  static String replaced(String text, String content) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          "The page has no place for the table: marks=%s %s".formatted(BEGIN, END));
    }
    return text.substring(0, begin)
        + BEGIN
        + "\n\n"
        + content.strip()
        + "\n\n"
        + text.substring(end);
  }
}
