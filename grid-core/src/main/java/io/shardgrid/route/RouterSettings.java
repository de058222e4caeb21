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
 * @param total what all shards may have unresolved together
 * @param requestBytesMax bytes of one request; a larger one is refused
 * @param backoffMin first pause after a refusal for later
 * @param backoffMax longest such pause
 * @param path where the keys stand, for messages
 */
public record RouterSettings(
    Duration timeout,
    int windowMax,
    int waitingMax,
    long waitingBytesMax,
    Total total,
    long requestBytesMax,
    Duration backoffMin,
    Duration backoffMax,
    String path) {

  private static final String GRID = "grid";

  /**
   * What all shards of a router may have unresolved together; a little of each shard beside that.
   *
   * @param operationsMax operations
   * @param bytesMax bytes of requests
   * @param whenFull what becomes of an operation beyond
   */
  public record Total(int operationsMax, long bytesMax, WhenFull whenFull) {

    /** No bound but those of the shards. */
    public static final Total UNBOUNDED =
        new Total(Integer.MAX_VALUE, Long.MAX_VALUE / 2, WhenFull.REFUSE);
  }

  public RouterSettings {
    require(timeout.toMillis() >= 1, path, "timeout", "at least 1 ms", timeout);
    require(windowMax >= 1 && windowMax <= 1024, path, "window-max", "1 to 1024", windowMax);
    require(waitingMax >= windowMax, path, "waiting-max", "at least window-max", waitingMax);
    require(waitingBytesMax > 0, path, "waiting-bytes-max", "more than 0", waitingBytesMax);
    require(
        total.operationsMax() >= 1, path, "operations-max", "at least 1", total.operationsMax());
    require(
        total.bytesMax() / 2 >= requestBytesMax,
        path,
        "bytes-max",
        "at least twice request-bytes-max",
        total.bytesMax());
    require(requestBytesMax > 0, path, "request-bytes-max", "more than 0", requestBytesMax);
    require(backoffMin.toMillis() >= 1, path, "backoff-min", "at least 1 ms", backoffMin);
    require(
        backoffMax.compareTo(backoffMin) >= 0,
        path,
        "backoff-max",
        "at least backoff-min",
        backoffMax);
  }

  /** Bounds of a node's router for each shard, without one for all of them together. */
  public RouterSettings(
      Duration timeout,
      int windowMax,
      int waitingMax,
      long waitingBytesMax,
      long requestBytesMax,
      Duration backoffMin,
      Duration backoffMax) {
    this(
        timeout,
        windowMax,
        waitingMax,
        waitingBytesMax,
        Total.UNBOUNDED,
        requestBytesMax,
        backoffMin,
        backoffMax,
        GRID + ".route");
  }

  /** Reads {@code grid.route}. */
  public static RouterSettings from(Config grid) {
    return from(grid, GRID);
  }

  /**
   * Reads the section {@code route}.
   *
   * @param path where {@code section} stands, such as {@code grid.client}
   */
  public static RouterSettings from(Config section, String path) {
    Config route = section.getConfig("route");
    return new RouterSettings(
        route.getDuration("timeout"),
        route.getInt("window-max"),
        route.getInt("waiting-max"),
        route.getBytes("waiting-bytes-max"),
        new Total(
            route.getInt("operations-max"),
            route.getBytes("bytes-max"),
            whenFull(route.getString("when-full"), path + ".route")),
        route.getBytes("request-bytes-max"),
        route.getDuration("backoff-min"),
        route.getDuration("backoff-max"),
        path + ".route");
  }

  private static WhenFull whenFull(String text, String path) {
    boolean isWait = text.equals("wait");
    require(isWait || text.equals("refuse"), path, "when-full", "refuse or wait", text);
    return isWait ? WhenFull.WAIT : WhenFull.REFUSE;
  }

  private static void require(boolean holds, String path, String key, String wanted, Object found) {
    StrictSettings.require(holds, path + "." + key, wanted, found);
  }
}
