package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a grid is loaded with, and for how long. Immutable.
 *
 * @param bench name of the benchmark
 */
record LoadPlan(String bench, Spread spread, Volume volume, CallerKind callers, Schedule schedule) {

  /**
   * What is in the grid, and how much of what is asked reads.
   *
   * @param readPercent so many of a hundred operations read
   */
  record Volume(int entries, int valueBytes, int readPercent) {}

  /**
   * When.
   *
   * @param warm how long to warm up
   * @param time how long to measure each load
   * @param rounds how often all loads are measured
   */
  record Schedule(Duration warm, Duration time, int rounds, Levels levels) {}

  Traffic traffic(Subject subject) {
    return new Traffic(
        subject, new Keys(volume.entries()), volume.valueBytes(), volume.readPercent());
  }

  /** Its name and what it is about, for people. */
  String title() {
    return bench + ": " + subtitle();
  }

  /** What it is about, for people. */
  String subtitle() {
    return String.join(
        ", ",
        numbered(spread.nodes(), "node"),
        numbered(spread.backups(), "backup"),
        numbered(spread.shards(), "shard"),
        numbered(spread.maps(), "map"),
        Screen.grouped(volume.entries()) + " entries of " + Screen.bytes(volume.valueBytes()),
        volume.readPercent() + " % reads",
        callers.title());
  }

  private static String numbered(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** The names of {@link #csvCells}. */
  static List<String> csvNames() {
    return List.of(
        "bench",
        "nodes",
        "backups",
        "shards",
        "maps",
        "entries",
        "value_bytes",
        "read_percent",
        "callers");
  }

  /** What it is about, for a file. */
  List<String> csvCells() {
    return Stream.concat(
            Stream.concat(
                Stream.of(bench),
                Stream.of(
                        spread.nodes(),
                        spread.backups(),
                        spread.shards(),
                        spread.maps(),
                        volume.entries(),
                        volume.valueBytes(),
                        volume.readPercent())
                    .map(String::valueOf)),
            Stream.of(callers.title()))
        .toList();
  }
}
