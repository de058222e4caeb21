package io.shardgrid.node.drill;

import io.shardgrid.node.cli.Screen;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a drill tells while it runs, as one line of JSON where that is wanted. Immutable.
 *
 * @param event {@link #BEGIN}, {@link #NOTE}, {@link #DETAIL}, {@link #FIGURES}, {@link #CHECK} or
 *     {@link #END}
 * @param drill its number
 * @param afterSeconds time since the fault, of a note; null before it
 * @param text what there is to say, {@value #TEXT_MAX} characters at most; of figures the phase
 * @param holds of a check and of the end: whether it held; else null
 * @param figures of the load in that phase; else null
 */
public record DrillLine(
    String event,
    int drill,
    @Nullable Double afterSeconds,
    String text,
    @Nullable Boolean holds,
    @Nullable Load figures) {

  /** A drill begins; the text is its title. */
  public static final String BEGIN = "begin";

  /** Something happens. */
  public static final String NOTE = "note";

  /** Something to read. */
  public static final String DETAIL = "detail";

  /** What the load came to in a phase. */
  public static final String FIGURES = "figures";

  /** Something had to hold. */
  public static final String CHECK = "check";

  /** It is over. */
  public static final String END = "end";

  private static final int TEXT_MAX = 2_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** What the operations of a phase came to; times of those that ended well, failures a count. */
  public record Load(
      double seconds,
      int operations,
      double perSecond,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double maxMillis,
      int failures) {

    private static final String FORM = "  %-8s %9s %9s %9s %9s %9s %9s %9s %9s";

    static Load of(Figures figures) {
      return new Load(
          rounded(figures.seconds()),
          figures.operations(),
          rounded(figures.doneEachSecond()),
          millis(figures, 50),
          millis(figures, 95),
          millis(figures, 99),
          millis(figures, 100),
          figures.failures());
    }

    private static double millis(Figures figures, double percent) {
      return rounded(figures.percentileNanos(percent) / NANOS_PER_MILLI);
    }

    /** The heads of the columns of {@link #row}. */
    static String heads() {
      return FORM.formatted(
          "", "seconds", "ops", "QPS", "p50 ms", "p95 ms", "p99 ms", "max ms", "errors");
    }

    /** The row of the table that people read. */
    String row(String phase) {
      return FORM.formatted(
          phase,
          decimal("%.1f", seconds),
          Screen.grouped(operations),
          decimal("%,.0f", perSecond),
          decimal("%.1f", p50Millis),
          decimal("%.1f", p95Millis),
          decimal("%.1f", p99Millis),
          decimal("%.1f", maxMillis),
          decimal("%.2f", operations == 0 ? 0 : 100.0 * failures / operations) + "%");
    }

    private static String decimal(String form, double number) {
      return String.format(Locale.ROOT, form, number);
    }
  }

  public DrillLine {
    text = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
  }

  static DrillLine begin(Drill drill) {
    return new DrillLine(BEGIN, drill.number(), null, drill.title(), null, null);
  }

  static DrillLine note(int drill, @Nullable Long afterNanos, String text) {
    Double after = afterNanos == null ? null : rounded(afterNanos / NANOS_PER_SECOND);
    return new DrillLine(NOTE, drill, after, text, null, null);
  }

  static DrillLine detail(int drill, String text) {
    return new DrillLine(DETAIL, drill, null, text, null, null);
  }

  static DrillLine figures(int drill, String phase, Figures figures) {
    return new DrillLine(FIGURES, drill, null, phase, null, Load.of(figures));
  }

  static DrillLine check(int drill, boolean holds, String text) {
    return new DrillLine(CHECK, drill, null, text, holds, null);
  }

  static DrillLine end(int drill, boolean holds) {
    return new DrillLine(END, drill, null, holds ? "held" : "not everything held", holds, null);
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }
}
