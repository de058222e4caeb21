package io.shardgrid.node.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times such as {@code 30s}. A number without a unit is refused. */
public final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms",
          ChronoUnit.MILLIS,
          "s",
          ChronoUnit.SECONDS,
          "m",
          ChronoUnit.MINUTES,
          "h",
          ChronoUnit.HOURS,
          "d",
          ChronoUnit.DAYS);

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    try {
      if (matcher.matches()) {
        Duration duration =
            Duration.of(
                Long.parseLong(matcher.group(1)),
                UNITS.getOrDefault(matcher.group(2), ChronoUnit.FOREVER));
        if (duration.toMillis() > 0) {
          return duration;
        }
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static TypeConversionException wrong(
      String text, @org.jspecify.annotations.Nullable Exception cause) {
    TypeConversionException wrong =
        new TypeConversionException(
            "'" + text + "' is no time: wanted is a number with a unit, as 250ms, 30s, 10m, 2h");
    if (cause != null) {
      wrong.initCause(cause);
    }
    return wrong;
  }
}
