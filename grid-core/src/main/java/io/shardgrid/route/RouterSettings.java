package io.shardgrid.route;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * The bounds of a router. Immutable.
 *
 * @param timeout deadline of an operation that names none
 * @param windowMax operations of one shard that are under way at once; not above the shard's bound
 *     of open writes a client
 * @param waitingMax unresolved operations of one shard; more are refused
 * @param waitingBytesMax bytes of requests that are unresolved, for one shard; more are refused
 * @param requestBytesMax bytes of one request; a larger one is refused
 * @param backoffMin first pause after a refusal for later
 * @param backoffMax longest such pause
 */
public record RouterSettings(
    Duration timeout,
    int windowMax,
    int waitingMax,
    long waitingBytesMax,
    long requestBytesMax,
    Duration backoffMin,
    Duration backoffMax) {

  public RouterSettings {
    require(!timeout.isNegative() && !timeout.isZero(), "timeout", "more than 0", timeout);
    require(windowMax >= 1 && windowMax <= 1024, "window-max", "1 to 1024", windowMax);
    require(waitingMax >= windowMax, "waiting-max", "at least window-max", waitingMax);
    require(waitingBytesMax > 0, "waiting-bytes-max", "more than 0", waitingBytesMax);
    require(requestBytesMax > 0, "request-bytes-max", "more than 0", requestBytesMax);
    require(backoffMin.toMillis() >= 1, "backoff-min", "at least 1 ms", backoffMin);
    require(
        backoffMax.compareTo(backoffMin) >= 0, "backoff-max", "at least backoff-min", backoffMax);
  }

  /** Reads {@code grid.route}. */
  public static RouterSettings from(Config grid) {
    Config route = grid.getConfig("route");
    return new RouterSettings(
        route.getDuration("timeout"),
        route.getInt("window-max"),
        route.getInt("waiting-max"),
        route.getBytes("waiting-bytes-max"),
        route.getBytes("request-bytes-max"),
        route.getDuration("backoff-min"),
        route.getDuration("backoff-max"));
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, "grid.route." + key, wanted, found);
  }
}
