package io.shardgrid.node.provision;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How nodes are started and ended as processes on this machine. Immutable.
 *
 * @param directory where the nodes' folders are
 * @param prefix what the names of the nodes begin with
 * @param command what starts a node, up to {@code start}; empty for this program
 * @param heap most memory for a node's objects, as {@code -Xmx} takes it; empty for as much as here
 * @param extraArguments what a node is told beside that
 */
public record LocalSettings(
    Path directory,
    String prefix,
    List<String> command,
    Optional<String> heap,
    List<String> extraArguments,
    Bounds bounds) {

  private static final String PATH = ProvisionSettings.PATH + ".local";
  private static final int PROCESSES_MAX = 256;
  private static final String PREFIX = "[A-Za-z0-9][A-Za-z0-9-]{0,62}";
  private static final String HEAP = "[1-9][0-9]*[kKmMgG]?";

  /**
   * How many, and how long.
   *
   * @param processesMax processes at once
   * @param startsMax nodes that are started and not Up, at once
   * @param failuresMax processes of one order that may end before they are members
   * @param startTimeout how long one counts as on its way whose process is not known
   * @param lockTimeout how long the directory is waited for
   * @param endTimeout how long a drained node has to end by itself
   * @param killTimeout how long it has after SIGTERM
   */
  public record Bounds(
      int processesMax,
      int startsMax,
      int failuresMax,
      Duration startTimeout,
      Duration lockTimeout,
      Duration endTimeout,
      Duration killTimeout) {

    public Bounds {
      require(
          processesMax >= 1 && processesMax <= PROCESSES_MAX,
          "processes-max",
          "1 to " + PROCESSES_MAX,
          processesMax);
      require(
          startsMax >= 1 && startsMax <= PROCESSES_MAX,
          "starts-max",
          "auto or 1 to " + PROCESSES_MAX,
          startsMax);
      require(failuresMax >= 1, "failures-max", "at least 1", failuresMax);
      positive(startTimeout, "start-timeout");
      positive(lockTimeout, "lock-timeout");
      positive(endTimeout, "end-timeout");
      positive(killTimeout, "kill-timeout");
    }

    private static Bounds from(Config local) {
      return new Bounds(
          local.getInt("processes-max"),
          local.getString("starts-max").equals("auto")
              ? startsAtOnce()
              : local.getInt("starts-max"),
          local.getInt("failures-max"),
          local.getDuration("start-timeout"),
          local.getDuration("lock-timeout"),
          local.getDuration("end-timeout"),
          local.getDuration("kill-timeout"));
    }
  }

  private static int startsAtOnce() {
    return Math.max(1, Math.min(PROCESSES_MAX, Runtime.getRuntime().availableProcessors() / 2));
  }

  public LocalSettings {
    command = List.copyOf(command);
    extraArguments = List.copyOf(extraArguments);
    require(!directory.toString().isBlank(), "directory", "a directory", "nothing");
    require(prefix.matches(PREFIX), "prefix", "letters, digits and hyphens, at most 63", prefix);
    heap.ifPresent(size -> require(size.matches(HEAP), "heap", "auto or a size as 512m", size));
    require(
        command.stream().noneMatch(String::isEmpty),
        "command",
        "words that are not empty",
        command);
  }

  static LocalSettings from(Config provision) {
    return StrictSettings.read(
        provision.getConfig("local"),
        PATH,
        local ->
            new LocalSettings(
                StrictSettings.path(PATH + ".directory", local.getString("directory")),
                local.getString("prefix"),
                local.getStringList("command"),
                Optional.of(local.getString("heap")).filter(size -> !size.equals("auto")),
                local.getStringList("extra-arguments"),
                Bounds.from(local)));
  }

  private static void positive(Duration duration, String key) {
    require(duration.toMillis() >= 1, key, "at least 1 ms", duration);
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
