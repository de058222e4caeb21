package io.shardgrid.node.resp;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.wire.resp.RespLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What keeps single clients from using a listener up. Immutable.
 *
 * @param perSourceMax connections of one address at once; empty for no bound
 * @param commandsPerSecond commands and operations of one connection a second; empty for no bound
 * @param commandsBurst how many it may be ahead
 * @param firstCommand a connection without a first command, and a login if one is needed, is closed
 *     after so long; empty for never
 * @param wholeCommand how long one command may take to arrive
 */
public record GuardSettings(
    OptionalInt perSourceMax,
    OptionalInt commandsPerSecond,
    int commandsBurst,
    Optional<Duration> firstCommand,
    Duration wholeCommand) {

  /** What a client may send that nobody knows yet: a login. */
  static final RespLimits STRANGER = new RespLimits(16, 16 << 10, 16 << 10, 64 << 10);

  private static final String KEY = "grid.node.resp.";
  private static final String OFF = "off";

  public GuardSettings {
    perSourceMax.ifPresent(found -> positive(found, "connections-per-source-max"));
    commandsPerSecond.ifPresent(found -> positive(found, "commands-per-second-max"));
    positive(commandsBurst, "commands-burst");
    firstCommand.ifPresent(found -> positive(found, "first-command-timeout"));
    positive(wholeCommand, "whole-command-timeout");
  }

  static GuardSettings from(Config resp) {
    return new GuardSettings(
        bound(resp, "connections-per-source-max"),
        bound(resp, "commands-per-second-max"),
        resp.getInt("commands-burst"),
        isOff(resp, "first-command-timeout")
            ? Optional.empty()
            : Optional.of(resp.getDuration("first-command-timeout")),
        resp.getDuration("whole-command-timeout"));
  }

  boolean isFirstCommandLate(long nanos) {
    return firstCommand.isPresent() && nanos > firstCommand.get().toNanos();
  }

  private static OptionalInt bound(Config resp, String key) {
    return isOff(resp, key) ? OptionalInt.empty() : OptionalInt.of(resp.getInt(key));
  }

  private static boolean isOff(Config resp, String key) {
    return resp.getString(key).equals(OFF);
  }

  private static void positive(int found, String key) {
    StrictSettings.require(found >= 1, KEY + key, "at least 1", found);
  }

  private static void positive(Duration found, String key) {
    StrictSettings.require(found.toMillis() >= 1, KEY + key, "at least 1 ms", found);
  }
}
