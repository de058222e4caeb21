package io.shardgrid.baseline;

import java.util.Locale;

/** Writes figures as people read them: three digits and a unit. */
final class Figure {

  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;
  private static final double PERCENT = 100;

  private Figure() {}

  /** Operations a second: {@code 950}, {@code 12.3 k}, {@code 4.56 M}. */
  static String rate(double perSecond) {
    if (perSecond >= MILLION) {
      return threeDigits(perSecond / MILLION) + " M";
    }
    return perSecond >= THOUSAND
        ? threeDigits(perSecond / THOUSAND) + " k"
        : threeDigits(perSecond);
  }

  /** An error in percent of what it is the error of. */
  static String percent(double error, double of) {
    return Math.round(PERCENT * error / of) + " %";
  }

  /** Nanoseconds as microseconds, without the unit. */
  static String micros(double nanos) {
    return threeDigits(nanos / THOUSAND);
  }

  private static String threeDigits(double number) {
    int decimals = number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }
}
