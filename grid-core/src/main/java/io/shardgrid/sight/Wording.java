package io.shardgrid.sight;

import java.time.Duration;
import java.util.Locale;

/** Numbers and constants as people read them. Without state. */
final class Wording {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Wording() {}

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String bytes(long bytes) {
    int unit = 0;
    double amount = (double) bytes;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? "%.0f B".formatted(amount)
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
