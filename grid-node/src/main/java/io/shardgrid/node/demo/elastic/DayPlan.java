package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.demo.report.DayFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a day is to be like, and what nodes are told so that they follow it: the shorter the day,
 * the shorter all windows. Immutable.
 */
record DayPlan(Duration day) {

  static final int NODES_MIN = 3;
  static final int NODES_MAX = 5;

  /** What the smallest machines can do with all five nodes and the load on two processors. */
  static final int PEAK = 3_800;

  static final int NIGHT = 900;

  /** So that noon takes five nodes, and the night not even three. */
  static final int TARGET_EACH = 800;

  static final String HEAP = "256m";

  /**
   * Five nodes that have just started share this machine's processors: there the time of the
   * compiler that makes the fastest code is missing elsewhere.
   */
  static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1");

  private static final int SHARDS = 64;
  private static final Duration WINDOW_MIN = Duration.ofSeconds(3);
  private static final Duration WINDOW_MAX = Duration.ofMinutes(1);
  private static final int SHRINK_PARTS = 15;
  private static final int GROW_PARTS = 60;

  /** The load. */
  DayCurve curve() {
    return new DayCurve(NIGHT, PEAK);
  }

  /** What nodes are started with and told, for people. */
  List<DayFacts.Setting> shown() {
    List<DayFacts.Setting> shown = new ArrayList<>(settings());
    shown.add(
        set(
            "java",
            "-Xmx" + HEAP + " " + String.join(" ", JAVA_OPTIONS),
            "all nodes share one machine, and run for minutes only"));
    return shown;
  }

  private List<DayFacts.Setting> settings() {
    List<DayFacts.Setting> settings = new ArrayList<>();
    settings.add(set("grid.shards", SHARDS, "parts of the data, each moves by itself"));
    settings.add(set("grid.backups", 1, "copies of each part beside the one that serves"));
    settings.add(set("grid.autoscale.mode", "act", "it decides, and does it"));
    settings.add(set("grid.autoscale.nodes-min", NODES_MIN, "never fewer"));
    settings.add(set("grid.autoscale.nodes-max", NODES_MAX, "never more"));
    settings.add(set("grid.autoscale.interval", "1s", "between two decisions"));
    settings.add(set("grid.autoscale.report-interval", "1s", "between two reports of a node"));
    settings.add(
        set("grid.autoscale.warm-up", text(window(GROW_PARTS)), "before a new node counts"));
    settings.add(
        set(
            "grid.autoscale.up.stabilization",
            text(window(GROW_PARTS)),
            "so long more nodes must be asked for"));
    settings.add(
        set(
            "grid.autoscale.down.stabilization",
            text(window(SHRINK_PARTS)),
            "so long fewer must be asked for"));
    settings.add(set("grid.autoscale.metrics.operations.source", "operations", "what it follows"));
    settings.add(
        set(
            "grid.autoscale.metrics.operations.target",
            TARGET_EACH,
            "operations a second of a node, on average"));
    settings.add(set("grid.autoscale.metrics.cpu.source", "off", "all nodes share one machine"));
    settings.add(set("grid.autoscale.metrics.memory.source", "off", "the data never changes size"));
    settings.add(set("grid.node.provision.kind", "local", "nodes are processes of this machine"));
    return settings;
  }

  private static DayFacts.Setting set(String key, Object value, String meaning) {
    return new DayFacts.Setting(key, value.toString(), meaning);
  }

  /**
   * What nodes are told, as HOCON. Five nodes and their load may keep a small machine so busy that
   * one of them stands still for seconds: others serve its data meanwhile, and it is not expelled.
   *
   * @param directory where the nodes that are started have their folders
   * @param launch what starts a node
   * @param program number of the process whose end all nodes are to follow
   */
  String hocon(Path directory, List<String> launch, long program) {
    String shown =
        settings().stream()
            .map(setting -> setting.key() + " = " + setting.value())
            .collect(Collectors.joining("\n"));
    return shown
        + """

        grid.join-timeout = 60s
        grid.downing {
          down-after = 20s
          isolated-after = 30s
          disconnected-after = 45s
        }
        grid.autoscale {
          reading-age = 15s
          gap = 30s
          start-timeout = 2m
          drain-timeout = 2m
          metrics.operations.kind = average
        }
        grid.node.provision.local {
          directory = %s
          command = [%s]
          processes-max = %d
          extra-arguments = ["--stop-with-process", "%d"]
        }
        """
            .formatted(
                quoted(directory.toString()),
                launch.stream().map(DayPlan::quoted).collect(Collectors.joining(", ")),
                2 * NODES_MAX,
                program);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** A part of the day, within what makes sense. */
  private Duration window(int parts) {
    Duration part = day.dividedBy(parts);
    if (part.compareTo(WINDOW_MIN) < 0) {
      return WINDOW_MIN;
    }
    return part.compareTo(WINDOW_MAX) > 0 ? WINDOW_MAX : part;
  }

  private static String text(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
  }
}
