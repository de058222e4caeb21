package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Reads times such as {@code 5m}, and {@code off} for none. */
final class WindowConverter implements ITypeConverter<Duration> {

  private final DurationConverter times = new DurationConverter();

  @Override
  public Duration convert(String text) {
    return text.equals("off") ? Duration.ZERO : times.convert(text);
  }
}
