package io.shardgrid.figures;

import java.util.Locale;

/** Writes measured numbers for people: three digits that count, and a unit. Stateless. */
public final class Amounts {

  private static final double STEP = 1_000;
  private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Amounts() {}

  /** A duration, such as {@code 4.25 ms}. */
  public static String nanos(double nanos) {
    return scaled(nanos, TIME_UNITS);
  }

  /** A size, such as {@code 4.25 MB}. */
  public static String bytes(double bytes) {
    return scaled(bytes, BYTE_UNITS);
  }

  private static String scaled(double plain, String[] units) {
    double amount = plain;
    int unit = 0;
    while (Math.abs(amount) >= STEP && unit < units.length - 1) {
      amount /= STEP;
      unit++;
    }
    return number(amount) + " " + units[unit];
  }

  /** A number with three digits that count, or all digits before the point. */
  public static String number(double number) {
    double size = Math.abs(number);
    int digits = size >= 100 || number == 0 ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }

  /** A whole number, such as {@code 10,000,000}. */
  public static String count(double count) {
    return String.format(Locale.ROOT, "%,.0f", count);
  }

  /** How many times the other this one is, such as {@code 12.5 x}. */
  public static String ratio(double one, double other) {
    return other == 0 ? "-" : number(one / other) + " x";
  }
}
