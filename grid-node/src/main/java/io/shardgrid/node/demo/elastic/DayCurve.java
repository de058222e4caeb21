package io.shardgrid.node.demo.elastic;

/**
 * How the load of a day rises and falls: calm, then up, busy, down, and calm again. Immutable.
 *
 * @param night operations a second at the beginning and the end
 * @param peak operations a second at noon
 */
record DayCurve(double night, double peak) {
  /*
   *   peak                ________
   *                     /          \
   *   night ___________/            \____________
   *         0        .08  .33    .55  .80        1    share of the day
   */

  /** A share of the day at which the load is highest, and stays so for a while. */
  static final double NOON = 0.44;

  private static final double DAWN = 0.08;
  private static final double BUSY = 0.33;
  private static final double TIRED = 0.55;
  private static final double DUSK = 0.80;

  /** Operations a second at a share of the day, 0 to 1; before and after it is night. */
  double at(double share) {
    double risen = smooth((share - DAWN) / (BUSY - DAWN));
    double fallen = smooth((share - TIRED) / (DUSK - TIRED));
    return night + (peak - night) * (risen - fallen);
  }

  /** From 0 to 1 without a bend at either end. */
  private static double smooth(double share) {
    double within = Math.max(0, Math.min(1, share));
    return (1 - Math.cos(Math.PI * within)) / 2;
  }
}
