package io.shardgrid.route;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.failure.ShardLostException;

/**
 * Says why a router could not bring an operation to an end, and what to do. Immutable.
 *
 * @param settings whose bounds are named
 */
record RouterFailures(RouterSettings settings) {

  /** It was not taken up. */
  GridException refused(Refusal refusal, int shard, Pending pending) {
    return switch (refusal) {
      case CLOSED -> closed();
      case LOST -> lost(shard, pending.map);
      case TOO_LARGE -> tooLarge(shard, pending.map, pending.bytes);
      case FULL -> overloaded(shard, pending.map);
    };
  }

  private static GridException closed() {
    return new GridUnavailableException("The grid is closed; nothing was done");
  }

  /** The grid was closed before the operation had ended. */
  GridException closedAmid(Pending pending) {
    return pending.isInDoubt()
        ? new OutcomeUnknownException("The grid was closed: " + describe(pending))
        : closed();
  }

  GridException lost(int shard, String map) {
    return new ShardLostException(
        "The last copy of the shard is gone with its node; its data is lost until an operator"
            + " accepts the loss or loads it again into a new cluster: map="
            + map
            + ", shard="
            + shard);
  }

  private GridException overloaded(int shard, String map) {
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
      return new OutcomeUnknownException(
          "The deadline passed after the operation was sent; it may or may not have been carried"
              + " out: "
              + where);
    }
    if (!isPlaced) {
      return new GridUnavailableException(
          "No placement of the shard is known: the cluster is not founded yet or has no quorum;"
              + " nothing was done: "
              + where);
    }
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
