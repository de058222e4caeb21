package io.shardgrid.node.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the two axes of a chart. Immutable.
 *
 * @param title what it shows, with its unit
 * @param scale how values are spread along it
 * @param from value at its beginning
 * @param to value at its end
 * @param ticks values that are marked, within its bounds
 */
public record Axis(String title, Scale scale, double from, double to, List<Tick> ticks) {

  private static final int TICKS_WANTED = 8;
  private static final double TEN = 10;
  private static final double[] STEPS = {1, 2, 5, TEN};
  private static final double NINETY_PERCENT = 90;
  private static final double ALL_PERCENT = 100;
  private static final int NINES_MAX = 7;
  private static final int MINUTE = 60;
  private static final int[] TIME_STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600};

  public Axis {
    ticks = List.copyOf(ticks);
  }

  /**
   * A value that is marked.
   *
   * @param label its text, empty for a line without one
   */
  public record Tick(double value, String label) {}

  /** How values are spread along an axis. */
  public enum Scale {
    /** Evenly. */
    LINEAR {
      @Override
      double position(double value) {
        return value;
      }
    },
    /** Each tenfold value is as far away as the next. */
    LOGARITHMIC {
      @Override
      double position(double value) {
        return Math.log10(value);
      }
    },
    /** Percentiles: 90, 99, 99.9 % and so on are equally far apart. */
    NINES {
      @Override
      double position(double value) {
        return -Math.log10(1 - value / ALL_PERCENT);
      }
    };

    abstract double position(double value);
  }

  /** An axis from 0 to at least {@code max}, evenly spread. */
  public static Axis linear(String title, double max) {
    return linear(title, max, TICKS_WANTED);
  }

  /**
   * The same for a chart that is small.
   *
   * @param ticksWanted about so many values are marked
   */
  public static Axis linear(String title, double max, int ticksWanted) {
    double rough = Math.max(max, 1) / ticksWanted;
    double power = Math.pow(TEN, Math.floor(Math.log10(rough)));
    double step = TEN * power;
    for (int index = STEPS.length - 1; index >= 0 && STEPS[index] * power >= rough; index--) {
      step = STEPS[index] * power;
    }
    int number = (int) Math.ceil(Math.max(max, 1) / step);
    List<Tick> ticks = new ArrayList<>();
    for (int tick = 0; tick <= number; tick++) {
      ticks.add(new Tick(tick * step, plain(tick * step)));
    }
    return new Axis(title, Scale.LINEAR, 0, number * step, ticks);
  }

  /** An axis of the whole numbers from 0 to one more than {@code max}, each of them marked. */
  public static Axis counting(String title, int max) {
    List<Tick> ticks = new ArrayList<>();
    for (int tick = 0; tick <= max; tick++) {
      ticks.add(new Tick(tick, plain(tick)));
    }
    return new Axis(title, Scale.LINEAR, 0, max + 1.0, ticks);
  }

  /**
   * An axis of time from 0 on, which ends with the last second, in minutes and seconds.
   *
   * @param ticksMax most marks
   */
  public static Axis time(String title, double seconds, int ticksMax) {
    int step = TIME_STEPS[TIME_STEPS.length - 1];
    for (int index = TIME_STEPS.length - 1; index >= 0; index--) {
      step = seconds / TIME_STEPS[index] <= ticksMax ? TIME_STEPS[index] : step;
    }
    List<Tick> ticks = new ArrayList<>();
    for (int at = 0; at <= seconds; at += step) {
      ticks.add(new Tick(at, clock(at)));
    }
    return new Axis(title, Scale.LINEAR, 0, Math.max(1, seconds), ticks);
  }

  /** Seconds as minutes and seconds. */
  public static String clock(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / MINUTE, whole % MINUTE);
  }

  /** An axis over all powers of ten that {@code min} and {@code max}, both above 0, lie between. */
  public static Axis logarithmic(String title, double min, double max) {
    int first = (int) Math.floor(Math.log10(min));
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(max)));
    List<Tick> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      double value = Math.pow(TEN, power);
      ticks.add(new Tick(value, plain(value)));
      for (int part = 2; part < TEN && power < last; part++) {
        ticks.add(new Tick(part * value, ""));
      }
    }
    return new Axis(title, Scale.LOGARITHMIC, Math.pow(TEN, first), Math.pow(TEN, last), ticks);
  }

  /** An axis of percentiles, up to the highest that so many values tell something about. */
  public static Axis percentiles(String title, double values) {
    int nines = (int) Math.ceil(Math.log10(Math.max(TEN, values)));
    nines = Math.min(NINES_MAX, nines);
    List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0 %"), new Tick(50, "50 %")));
    for (int nine = 1; nine <= nines; nine++) {
      double share = ALL_PERCENT * (1 - Math.pow(TEN, -nine));
      String label = String.format(Locale.ROOT, "%." + Math.max(0, nine - 2) + "f %%", share);
      ticks.add(new Tick(nine == 1 ? NINETY_PERCENT : share, label));
    }
    return new Axis(title, Scale.NINES, 0, ticks.get(ticks.size() - 1).value(), ticks);
  }

  /**
   * Where a value lies, 0 at the beginning of the axis and 1 at its end; values beyond lie there.
   */
  double share(double value) {
    double begin = scale.position(from);
    double share = (scale.position(value) - begin) / (scale.position(to) - begin);
    return Math.max(0, Math.min(1, share));
  }

  private static String plain(double value) {
    return value >= 1 || value == 0
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "");
  }
}
