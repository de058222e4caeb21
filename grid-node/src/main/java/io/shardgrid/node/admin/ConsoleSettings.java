package io.shardgrid.node.admin;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.node.drill.DrillSettings;
import java.time.Duration;

/**
 * What bounds the console. Immutable.
 *
 * @param subscribersMax pages that are kept up to date at once
 * @param eventBytesMax bytes of what each of them is told at a time
 * @param interval time between two events
 * @param drills whether drills can be started there
 */
public record ConsoleSettings(
    int subscribersMax, int eventBytesMax, Duration interval, DrillSettings drills) {

  private static final String PATH = "grid.node.console";
  private static final int SUBSCRIBERS_MAX = 1_000;
  private static final int BYTES_MAX = 64 << 20;

  public ConsoleSettings {
    StrictSettings.require(
        subscribersMax >= 0 && subscribersMax <= SUBSCRIBERS_MAX,
        PATH + ".subscribers-max",
        "0 to " + SUBSCRIBERS_MAX,
        subscribersMax);
    StrictSettings.require(
        eventBytesMax >= 1024 && eventBytesMax <= BYTES_MAX,
        PATH + ".event-bytes-max",
        "1 KiB to 64 MiB",
        eventBytesMax);
    StrictSettings.require(
        interval.toMillis() >= 100, PATH + ".interval", "at least 100 ms", interval);
  }

  /** Reads {@code grid.node.console}. */
  public static ConsoleSettings from(Config grid) {
    return StrictSettings.read(
        grid.getConfig("node.console"),
        PATH,
        console ->
            new ConsoleSettings(
                console.getInt("subscribers-max"),
                (int) Math.min(Integer.MAX_VALUE, console.getBytes("event-bytes-max")),
                console.getDuration("interval"),
                DrillSettings.from(console)));
  }
}
