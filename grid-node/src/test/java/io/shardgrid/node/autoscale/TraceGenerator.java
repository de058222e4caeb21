package io.shardgrid.node.autoscale;

import io.shardgrid.node.autoscale.LoadTrace.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes the traces that are part of the program; what they are stands beside them. */
final class TraceGenerator {

  private static final long HOUR = 3_600;
  private static final long STEP = 15;
  private static final double NOISE = 0.03;
  private static final double LITTLE_NOISE = 0.01;

  private TraceGenerator() {}

  /** The text of a trace's file. */
  static String csv(String name) {
    List<Row> rows =
        switch (name) {
          case "bursty" -> bursty(new Random(1));
          case "diurnal" -> diurnal(new Random(1));
          default -> flapping(new Random(1));
        };
    return rows.stream()
        .map(row -> String.format(Locale.ROOT, "%d,%.0f%n", row.seconds(), row.load()))
        .map(line -> line.replace("\r", ""))
        .collect(Collectors.joining("", "seconds,load\n", ""));
  }

  private static List<Row> bursty(Random random) {
    List<Row> rows = new ArrayList<>();
    long burstAt = 10 * 60;
    long burstEnd = burstAt + 180;
    double height = 6_000;
    for (long at = 0; at <= 4 * HOUR; at += STEP) {
      if (at >= burstEnd) {
        burstAt = at + 600 + random.nextInt(1_200);
        burstEnd = burstAt + 120 + random.nextInt(240);
        height = 4_000 + random.nextInt(5_000);
      }
      rows.add(new Row(at, noisy(at >= burstAt ? height : 1_500, NOISE, random)));
    }
    return rows;
  }

  private static List<Row> diurnal(Random random) {
    List<Row> rows = new ArrayList<>();
    for (long at = 0; at <= 24 * HOUR; at += 60) {
      double turn = 2 * Math.PI * (at - 16 * HOUR) / (24.0 * HOUR);
      rows.add(new Row(at, noisy(4_500 + 3_300 * Math.cos(turn), NOISE, random)));
    }
    return rows;
  }

  private static List<Row> flapping(Random random) {
    List<Row> rows = new ArrayList<>();
    for (long at = 0; at <= 2 * HOUR; at += STEP) {
      double load = at < HOUR ? inTurn(at, 240, 3_150, 2_850) : inTurn(at, 120, 4_400, 2_000);
      rows.add(new Row(at, noisy(load, LITTLE_NOISE, random)));
    }
    return rows;
  }

  private static double inTurn(long at, long seconds, double high, double low) {
    return at / seconds % 2 == 0 ? high : low;
  }

  private static double noisy(double load, double noise, Random random) {
    return load * (1 + noise * (2 * random.nextDouble() - 1));
  }
}
