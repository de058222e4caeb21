package io.shardgrid.node.chart;

import java.util.List;

/**
 * Flat charts one below the other over one axis of time, with events that are marked through all of
 * them. For a page that has {@link #style} and draws it as wide as it is itself. Immutable.
 *
 * @param title what it is, for those who cannot see it
 * @param seconds how long the axis of time is
 * @param strips from top to bottom
 * @param events in the order of their times
 */
public record StripChart(String title, double seconds, List<Strip> strips, List<Event> events) {

  public StripChart {
    strips = List.copyOf(strips);
    events = List.copyOf(events);
  }

  /**
   * Something that happened.
   *
   * @param label what it is marked with, one or two characters
   * @param at second at which it began
   * @param until second at which it was over
   * @param text shown when somebody points at the mark
   */
  public record Event(String label, double at, double until, String text) {}

  /**
   * The drawing, as an element of a page.
   *
   * @param kind class of the element
   * @param width of the space that it is drawn for; texts are as large as in the page there
   */
  public String svg(String kind, int width) {
    return new StripDrawing(this, width).svg(kind);
  }

  /** Rules for the style sheet of the page, on a light and on a dark ground. */
  public static String style() {
    return """
        .strips { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif }
        .strips text { fill: #59636e }
        .strips .title { fill: #1f2328; font-weight: 600; font-size: 13px }
        .strips .label { fill: #1f2328 }
        .strips .unit { fill: #59636e; font-weight: 400; font-size: 12px }
        .strips .grid { stroke: #d8dee4 }
        .strips .fine { stroke: #eff2f5 }
        .strips .line, .strips .dashes { fill: none; stroke: currentColor; stroke-width: 1.75;
          stroke-linejoin: round }
        .strips .dashes { stroke-dasharray: 5 3 }
        .strips .fill { fill: currentColor; fill-opacity: .14 }
        .strips .bar { fill: currentColor }
        .strips .span { fill: #6e7781; fill-opacity: .10 }
        .strips .event { stroke: #57606a; stroke-dasharray: 2 3 }
        .strips .badge { fill: #24292f }
        .strips text.number { fill: #ffffff; font-weight: 600; font-size: 11px }
        LIGHT
        @media screen and (prefers-color-scheme: dark) {
          .strips text { fill: #9198a1 }
          .strips .title, .strips .label { fill: #e6edf3 }
          .strips .unit { fill: #9198a1 }
          .strips .grid { stroke: #30363d }
          .strips .fine { stroke: #1c2128 }
          .strips .span { fill: #9198a1; fill-opacity: .14 }
          .strips .event { stroke: #9198a1 }
          .strips .badge { fill: #e6edf3 }
          .strips text.number { fill: #0d1117 }
          DARK
        }
        """
        .replace("LIGHT", Palette.rules(false, ".strips .c%d", "color"))
        .replace("DARK", Palette.rules(true, ".strips .c%d", "color"));
  }
}
