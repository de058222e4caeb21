package io.shardgrid.baseline;

/**
 * How a map looks in charts. Colours differ in lightness as well as in hue, and marks in their
 * shape, so that maps can be told apart without colours.
 *
 * @param light colour on a light page
 * @param dark colour on a dark page
 * @param corners of its marks
 */
record ChartLook(String light, String dark, int corners) {

  private static final String LAYOUT =
      """
      text { font-family: -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
      .title { font-size: 15px; font-weight: 600; }
      .head { font-size: 12px; font-weight: 600; }
      .label { font-size: 12px; }
      .note, .tick { font-size: 11px; fill: #59636e; }
      .page { fill: #ffffff; stroke: #d1d9e0; }
      .grid { stroke: #d1d9e0; stroke-width: 0.7; }
      .line { fill: none; stroke-width: 1.6; }
      .line-actor { stroke-width: 2.6; }
      """;

  private static final String DARK_LAYOUT =
      """
      @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .note, .tick { fill: #9198a1; }
      .page { fill: #0d1117; stroke: #3d444d; }
      .grid { stroke: #3d444d; }
      """;

  static ChartLook of(Contender map) {
    return switch (map) {
      case SYNCHRONIZED -> new ChartLook("#c8500a", "#ff9a56", 3);
      case READ_WRITE_LOCK -> new ChartLook("#a67c00", "#e3c04f", 4);
      case SEGMENTED -> new ChartLook("#00805a", "#4cd3a2", 5);
      case READ_MOSTLY -> new ChartLook("#8046ad", "#c99bf0", 6);
      case CONCURRENT -> new ChartLook("#57606a", "#b1bac4", 8);
      case CAFFEINE -> new ChartLook("#bf3989", "#f78ac4", 3);
      case ACTOR -> new ChartLook("#0a60c8", "#58a6ff", 4);
    };
  }

  static String lineOf(Contender map) {
    return "line line-" + map.code();
  }

  static String markOf(Contender map) {
    return "mark-" + map.code();
  }

  /** The style sheet of a chart. */
  static String css() {
    StringBuilder css = new StringBuilder(LAYOUT);
    for (Contender map : Contender.values()) {
      colour(css, map, of(map).light);
    }
    css.append(DARK_LAYOUT);
    for (Contender map : Contender.values()) {
      colour(css, map, of(map).dark);
    }
    return css.append("}\n").toString();
  }

  private static void colour(StringBuilder css, Contender map, String colour) {
    css.append(".line-").append(map.code()).append(" { stroke: ").append(colour).append("; }\n");
    css.append(".mark-").append(map.code()).append(" { fill: ").append(colour).append("; }\n");
  }
}
