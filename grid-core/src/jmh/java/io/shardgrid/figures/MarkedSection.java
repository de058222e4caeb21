package io.shardgrid.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a page that is generated; what stands around it belongs to its authors. */
public final class MarkedSection {

  private final String begin;
  private final String end;

  /** The section between the comments {@code mark} and {@code /mark}. */
  public MarkedSection(String mark) {
    this.begin = "<!-- " + mark + " -->";
    this.end = "<!-- /" + mark + " -->";
  }

  /** Replaces what is between the marks. A page that does not exist becomes one of this alone. */
  public void replace(Path page, String content) throws IOException {
    String text = Files.exists(page) ? Files.readString(page) : begin + "\n" + end + "\n";
    Files.writeString(page, replaced(text, content));
  }

  public String replaced(String text, String content) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException(
          "The page has no place for the table: marks=%s %s".formatted(begin, end));
    }
    return text.substring(0, from) + begin + "\n\n" + content.strip() + "\n\n" + text.substring(to);
  }
}
