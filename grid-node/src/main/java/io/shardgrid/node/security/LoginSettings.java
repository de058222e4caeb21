package io.shardgrid.node.security;

import com.typesafe.config.Config;
import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * What bounds the checks of passwords, {@code grid.node.access.login}. Immutable.
 *
 * @param threads that compute hashes
 * @param queueMax logins that wait for one of them
 * @param waitingMax logins that wait for their pause
 * @param cacheMax logins that are remembered
 * @param cacheLife for how long
 * @param pauses after failures
 */
record LoginSettings(
    int threads, int queueMax, int waitingMax, int cacheMax, Duration cacheLife, Pauses pauses) {

  private static final String PATH = "grid.node.access.login";
  private static final int THREADS_MAX = 64;
  private static final int COUNT_MAX = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * The pauses before attempts that follow failures.
   *
   * @param first after the first failure; doubles with each
   * @param sourceMax longest for an address
   * @param userMax longest for a user, of whom others may guess
   * @param forget failures are forgotten so long after the last one
   */
  record Pauses(Duration first, Duration sourceMax, Duration userMax, Duration forget) {
    Pauses {
      within(first, "pause-first");
      within(sourceMax, "pause-source-max");
      within(userMax, "pause-user-max");
      within(forget, "pause-forget");
    }
  }

  LoginSettings {
    require(threads >= 1 && threads <= THREADS_MAX, "threads", "1 to 64", threads);
    require(queueMax >= 1 && queueMax <= COUNT_MAX, "queue-max", "1 to 1000000", queueMax);
    require(waitingMax >= 1 && waitingMax <= COUNT_MAX, "waiting-max", "1 to 1000000", waitingMax);
    require(cacheMax >= 0 && cacheMax <= COUNT_MAX, "cache-max", "0 to 1000000", cacheMax);
    within(cacheLife, "cache-life");
  }

  static LoginSettings from(Config login) {
    return new LoginSettings(
        login.getInt("threads"),
        login.getInt("queue-max"),
        login.getInt("waiting-max"),
        login.getInt("cache-max"),
        login.getDuration("cache-life"),
        new Pauses(
            login.getDuration("pause-first"),
            login.getDuration("pause-source-max"),
            login.getDuration("pause-user-max"),
            login.getDuration("pause-forget")));
  }

  private static void within(Duration found, String key) {
    require(found.toMillis() >= 1 && found.compareTo(LONGEST) <= 0, key, "1 ms to 24 hours", found);
  }

  private static void require(boolean holds, String key, String wanted, Object found) {
    StrictSettings.require(holds, PATH + "." + key, wanted, found);
  }
}
