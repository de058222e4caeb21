package io.shardgrid.route;

import static java.util.Objects.requireNonNull;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.failure.ShardLostException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says why a router could not bring an operation to an end, and what to do, and counts how often.
 * Thread-safe.
 */
final class RouterFailures {

  private enum Reason {
    CLOSED,
    SHARD_LOST,
    OVERLOADED,
    TOO_LARGE,
    OUTCOME_UNKNOWN,
    UNAVAILABLE,
    TIMEOUT
  }

  private final RouterSettings settings;
  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  /**
   * None so far.
   *
   * @param settings whose bounds are named
   */
  RouterFailures(RouterSettings settings) {
    this.settings = settings;
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  /** How often there was which reason so far. */
  Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((reason, count) -> all.put(reason.name().toLowerCase(Locale.ROOT), count.sum()));
    return all;
  }

  private void count(Reason reason) {
    requireNonNull(counts.get(reason)).increment();
  }

  /** It was not taken up. */
  GridException refused(Refusal refusal, int shard, Pending pending) {
    return switch (refusal) {
      case CLOSED -> closed();
      case LOST -> lost(shard, pending.map);
      case TOO_LARGE -> tooLarge(shard, pending.map, pending.bytes);
      case FULL -> overloaded(shard, pending.map);
    };
  }

  private GridException closed() {
    count(Reason.CLOSED);
    return new GridUnavailableException("The grid is closed; nothing was done");
  }

  /** The grid was closed before the operation had ended. */
  GridException closedAmid(Pending pending) {
    if (!pending.isInDoubt()) {
      return closed();
    }
    count(Reason.OUTCOME_UNKNOWN);
    return new OutcomeUnknownException("The grid was closed: " + describe(pending));
  }

  GridException lost(int shard, String map) {
    count(Reason.SHARD_LOST);
    return new ShardLostException(
        "The last copy of the shard is gone with its node; its data is lost until an operator"
            + " accepts the loss or loads it again into a new cluster: map="
            + map
            + ", shard="
            + shard);
  }

  private GridException overloaded(int shard, String map) {
    count(Reason.OVERLOADED);
    return new GridOverloadedException(
        "As many operations wait for an answer as may; nothing was done, slow down and try again,"
            + " or have callers wait (when-full = wait): map=%s, shard=%d, of the shard: %s=%d, %s=%d,"
                .formatted(
                    map,
                    shard,
                    settings.path() + ".waiting-max",
                    settings.waitingMax(),
                    settings.path() + ".waiting-bytes-max",
                    settings.waitingBytesMax())
            + " of all shards: %s=%d, %s=%d"
                .formatted(
                    settings.path() + ".operations-max",
                    settings.total().operationsMax(),
                    settings.path() + ".bytes-max",
                    settings.total().bytesMax()));
  }

  private GridException tooLarge(int shard, String map, long bytes) {
    count(Reason.TOO_LARGE);
    return new CodecException(
        "An operation is too large, nothing was sent; split it: map="
            + map
            + ", shard="
            + shard
            + ", bytes="
            + bytes
            + ", "
            + settings.path()
            + ".request-bytes-max="
            + settings.requestBytesMax());
  }

  /**
   * Its deadline has passed.
   *
   * @param node where it went, for people
   * @param isPlaced whether a placement of the shard is known
   */
  GridException tooLate(int shard, String node, boolean isPlaced, Pending pending) {
    String where = describe(pending) + ", shard=" + shard + ", node=" + node;
    if (pending.isInDoubt()) {
      count(Reason.OUTCOME_UNKNOWN);
      return new OutcomeUnknownException(
          "The deadline passed after the operation was sent; it may or may not have been carried"
              + " out: "
              + where);
    }
    if (!isPlaced) {
      count(Reason.UNAVAILABLE);
      return new GridUnavailableException(
          "No placement of the shard is known: the cluster is not founded yet or has no quorum;"
              + " nothing was done: "
              + where);
    }
    count(Reason.TIMEOUT);
    return new GridTimeoutException(
        "The deadline passed before the operation was carried out; nothing was done, try again: "
            + where);
  }

  private static String describe(Pending pending) {
    return "map="
        + pending.map
        + ", operation="
        + pending.request.kind()
        + ", timeout="
        + (pending.deadlineNanos - pending.startNanos) / 1_000_000
        + " ms, attempts="
        + pending.attempts;
  }
}
