package io.shardgrid.node.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command writes for people: lines, ticks and crosses; with colours on a terminal only.
 *
 * <p>Confined to the command's thread.
 */
public final class Screen {

  private final PrintWriter out;
  private final Ansi ansi;

  /**
   * Writes to {@code out}.
   *
   * @param ansi whether there are colours, and a cursor that can go back
   */
  public Screen(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** Writes a line as it is. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Writes an empty line. */
  public void line() {
    line("");
  }

  /** Writes a line that begins a part. */
  public void heading(String text) {
    line(styled("bold", text));
  }

  /** Writes the result of a check. */
  public void check(boolean holds, String text) {
    line((holds ? styled("fg(green)", "  ok   ") : styled("fg(red)", "  FAIL ")) + text);
  }

  /** Whether what was written can be written over. */
  boolean isTerminal() {
    return ansi.enabled();
  }

  /** Writes over the line that is being written. */
  void rewrite(String text) {
    out.print("\r\u001b[K" + text);
    out.flush();
  }

  /** Writes as it is, without an end of line. */
  void write(String text) {
    out.print(text);
    out.flush();
  }

  /** Where a command writes. */
  public static Screen of(CommandSpec spec) {
    return new Screen(spec.commandLine().getOut(), spec.commandLine().getColorScheme().ansi());
  }

  /** A number with separators of thousands. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A size in bytes, with a unit that suits it. */
  public static String bytes(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    if (bytes < 1 << 20) {
      return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    }
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024))
        : String.format(Locale.ROOT, "%.2f GiB", bytes / (1024.0 * 1024 * 1024));
  }

  private String styled(String style, String text) {
    return ansi.enabled() ? ansi.string("@|" + style + " " + text + "|@") : text;
  }
}
