package io.shardgrid.node.bench;

import java.util.List;

/**
 * A form of grid whose cost is measured. Immutable.
 *
 * @param name what is other than in the first, for people
 */
record ScalingCase(String name, int shards, int maps, int valueBytes) {

  private static final long BYTES_MAX = 256L << 20;

  /** What all are compared with: first of {@link #ALL}. */
  static final ScalingCase FIRST = new ScalingCase("256 sh, 1 map, 100 B", 256, 1, 100);

  /** In each of them one thing is other than in the first. */
  static final List<ScalingCase> ALL =
      List.of(
          FIRST,
          FIRST.withShards(16),
          FIRST.withShards(1_024),
          FIRST.withMaps(4),
          FIRST.withMaps(16),
          FIRST.withValue(16, "16 B"),
          FIRST.withValue(1 << 10, "1 KiB"),
          FIRST.withValue(64 << 10, "64 KiB"));

  private ScalingCase withShards(int other) {
    return new ScalingCase(other + " shards", other, maps, valueBytes);
  }

  private ScalingCase withMaps(int other) {
    return new ScalingCase(other + " maps", shards, other, valueBytes);
  }

  private ScalingCase withValue(int other, String label) {
    return new ScalingCase("values of " + label, shards, maps, other);
  }

  /** How many of the wanted entries there can be within a bound of bytes that holds for all. */
  int entries(int wanted) {
    return (int) Math.min(wanted, BYTES_MAX / valueBytes);
  }

  /** What tells a benchmark of it from others on the command line. */
  List<String> arguments(int wanted) {
    return List.of(
        "--shards", Integer.toString(shards),
        "--maps", Integer.toString(maps),
        "--value", Integer.toString(valueBytes),
        "--entries", Integer.toString(entries(wanted)));
  }
}
